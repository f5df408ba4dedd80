export { directoryRoutes } from './directory.pages.tsx'
export { syncRoleDefinitions } from './role-definitions.operation.ts'
