import { apiKeyOf, apiKeysOf, type Role, tenantsOfKeys } from '../../access/index.ts'
import type { Db } from '../../database/index.ts'
import type { UserId, WorkspaceId } from '../../kernel/index.ts'

/** A key as its owner sees it; never the key itself. */
export interface OwnKey {
  readonly id: string
  readonly name: string
  /** The first characters, by which a key is told from another. */
  readonly start: string
  readonly createdAt: Date
  readonly expiresAt: Date | null
  readonly lastUsedAt: Date | null
  readonly mostRole: Role | null
  /** The tenants to which it is limited, by name; null for all that its owner reaches. */
  readonly tenants: readonly { readonly id: string; readonly name: string }[] | null
}

type Row = NonNullable<Awaited<ReturnType<typeof apiKeyOf>>>

/** A person's keys to a workspace, newest first. */
export const ownKeys = async (db: Db, workspaceId: WorkspaceId, userId: UserId): Promise<OwnKey[]> =>
  withTenants(db, workspaceId, await apiKeysOf(db, workspaceId, userId))

/** One of them, or none. */
export async function ownKey(
  db: Db,
  workspaceId: WorkspaceId,
  userId: UserId,
  keyId: string,
): Promise<OwnKey | undefined> {
  const row = await apiKeyOf(db, workspaceId, userId, keyId)
  if (!row) return undefined
  const [key] = await withTenants(db, workspaceId, [row])
  return key
}

async function withTenants(db: Db, workspaceId: WorkspaceId, rows: readonly Row[]): Promise<OwnKey[]> {
  const limited = rows.filter(({ reach }) => reach === 'selected').map(({ id }) => id)
  const tenants = limited.length > 0 ? await tenantsOfKeys(db, workspaceId, limited) : []
  return rows.map((row) => ({
    id: row.id,
    name: row.name ?? '',
    start: row.start ?? '',
    createdAt: row.created_at,
    expiresAt: row.expires_at,
    lastUsedAt: row.last_request,
    mostRole: row.most_role as Role | null,
    tenants:
      row.reach === 'selected'
        ? tenants.filter(({ keyId }) => keyId === row.id).map(({ id, name }) => ({ id, name }))
        : null,
  }))
}

/** A key as programs read it; what is empty is left out. */
export const keyJson = (key: OwnKey) => ({
  id: key.id,
  name: key.name,
  start: key.start,
  createdAt: key.createdAt.toISOString(),
  ...(key.expiresAt && { expiresAt: key.expiresAt.toISOString() }),
  ...(key.lastUsedAt && { lastUsedAt: key.lastUsedAt.toISOString() }),
  ...(key.mostRole && { mostRole: key.mostRole }),
  ...(key.tenants && { tenants: key.tenants }),
})
