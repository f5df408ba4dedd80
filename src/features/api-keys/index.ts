export { apiKeyRoutes } from './api-keys.pages.tsx'
