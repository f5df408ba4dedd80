export { apiDescriptionRoutes } from './api-description.pages.tsx'
export { openApiDocument } from './openapi.ts'
