export { operationRoutes } from './operations.pages.tsx'
export { type RunRow, runsOf, runsOfTenant } from './operations.sql.ts'
export { RunTable } from './run-table.tsx'
export { RUN_DETAIL_TYPE, runDetailSchema } from './wire-run.ts'
