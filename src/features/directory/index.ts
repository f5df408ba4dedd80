export { syncGroups } from './groups/groups.operation.ts'
export { groupRoutes } from './groups/groups.pages.tsx'
export { syncRoleDefinitions } from './role-definitions/role-definitions.operation.ts'
export { directoryRoutes } from './role-definitions/role-definitions.pages.tsx'
