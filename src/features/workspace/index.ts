export { workspaceRoutes } from './workspace.pages.tsx'
