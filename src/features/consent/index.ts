export { consentRoutes } from './consent.pages.tsx'
