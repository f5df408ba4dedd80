/** Every kind of provider-backed work, in the order in which bootstrap lets them in. */
export const OPERATION_CODES = [
  'provider.connection.check',
  'directory.role_definitions.sync',
  'directory.groups.sync',
  'inventory.sync',
  'compliance.snapshot',
  'policy.backup',
  'restore.preview',
  'restore.execute',
] as const
export type OperationCode = (typeof OPERATION_CODES)[number]

/** Whether a text names an operation exactly; a near miss is never guessed into its neighbour. */
export const isOperationCode = (text: string): text is OperationCode =>
  (OPERATION_CODES as readonly string[]).includes(text)
