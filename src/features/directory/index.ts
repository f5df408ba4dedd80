export { directoryRoutes } from './directory.pages.tsx'
export { syncGroups } from './groups.operation.ts'
export { groupRoutes } from './groups.pages.tsx'
export { syncRoleDefinitions } from './role-definitions.operation.ts'
