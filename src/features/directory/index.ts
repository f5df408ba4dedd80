export { directoryRoutes } from './directory.pages.ts'
export { syncGroups } from './groups/groups.operation.ts'
export { syncRoleDefinitions } from './role-definitions/role-definitions.operation.ts'
