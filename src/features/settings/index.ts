export { settingsRoutes } from './settings.pages.tsx'
