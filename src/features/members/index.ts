export { membersRoutes } from './members.pages.tsx'
