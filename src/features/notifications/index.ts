export { notificationRoutes } from './notifications.pages.tsx'
export { sendLetters } from './send-letters.ts'
