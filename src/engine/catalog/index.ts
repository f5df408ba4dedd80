export { isOperationCode, OPERATION_CODES, type OperationCode } from './codes.ts'
export type { OperationDefinition, Surface } from './definition.ts'
export { CATALOG, definitionOf } from './operations.ts'
export { missingPermissions, type PermissionRequirement, satisfies } from './permissions.ts'
