/** Ids are branded, so that a run's id cannot be handed to something that wants a tenant's. */
declare const brand: unique symbol
type Branded<Value, Name extends string> = Value & { readonly [brand]: Name }

export type UserId = Branded<string, 'user'>
export type WorkspaceId = Branded<number, 'workspace'>
export type TenantId = Branded<number, 'tenant'>
/** The Microsoft Entra directory id of a tenant: a lower-case GUID, and the route key of its pages. */
export type DirectoryId = Branded<string, 'directory'>
export type ConnectionId = Branded<number, 'connection'>
export type RunId = Branded<number, 'run'>

export const asUserId = (value: string) => value as UserId
export const asWorkspaceId = (value: number) => value as WorkspaceId
export const asTenantId = (value: number) => value as TenantId
export const asConnectionId = (value: number) => value as ConnectionId
export const asRunId = (value: number) => value as RunId

const GUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i

/** Reads a directory id, whatever its letter case; null when the text is not a GUID. */
export const parseDirectoryId = (text: string): DirectoryId | null =>
  GUID.test(text) ? (text.toLowerCase() as DirectoryId) : null

/** Reads a positive record number from a path or form; null for anything a record cannot have. */
export const parseRecordId = (text: string): number | null => {
  if (!/^[1-9][0-9]{0,15}$/.test(text)) return null
  const value = Number(text)
  return Number.isSafeInteger(value) ? value : null
}
