export { isOperationCode, OPERATION_CODES, type OperationCode } from './codes.ts'
export type { Module, OperationDefinition, OperationWords, Recovery, Surface } from './definition.ts'
export { CATALOG, definitionOf } from './operations.ts'
export { missingPermissions, type PermissionRequirement, satisfies } from './permissions.ts'
