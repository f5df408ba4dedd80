export { apiDescriptionRoutes } from './api-description.pages.tsx'
