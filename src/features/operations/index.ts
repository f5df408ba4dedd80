export { operationRoutes } from './operations.pages.tsx'
export { RUN_DETAIL_TYPE, runDetailSchema } from './wire-run.ts'
