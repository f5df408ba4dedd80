export { notificationRoutes } from './notifications.pages.tsx'
