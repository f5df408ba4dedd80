import type { Db } from '../database/index.ts'
import type { TenantId, UserId, WorkspaceId } from '../kernel/index.ts'
import type { Auth } from './auth.ts'
import type { Role } from './capabilities.ts'

export interface NewApiKey {
  readonly id: string
  /** The key itself: shown this once, kept only as a hash. */
  readonly key: string
  readonly expiresAt: Date | null
}

/** What a key may do at most; null is no limit beside what its owner may. */
export interface KeyScope {
  readonly mostRole: Role | null
  readonly tenants: readonly TenantId[] | null
}

interface WantedKey extends Partial<KeyScope> {
  readonly userId: UserId
  readonly workspaceId: WorkspaceId
  readonly name: string
  /** For how many days it is good. */
  readonly days: number
}

/**
 * Makes a key with which its owner's programs reach one workspace, within a scope. Keys themselves cannot make
 * keys. `also` happens in the commit that lets the key in; before it the key is nobody's. Null, and no key, when
 * the owner does not belong to the workspace any more.
 */
export async function createApiKey(
  auth: Auth,
  db: Db,
  { days, mostRole = null, name, tenants = null, userId, workspaceId }: WantedKey,
  also: (tx: Db, keyId: string) => Promise<unknown> = async () => {},
): Promise<NewApiKey | null> {
  const created = await auth.api.createApiKey({ body: { name, userId, expiresIn: days * 86_400 } })
  const of = { api_key_id: created.id, workspace_id: workspaceId }
  const isMade = await db.transaction().execute(async (tx) => {
    if (!(await holdMembership(tx, workspaceId, userId))) return revokeOrphan(tx, created.id)
    const reach = tenants === null ? 'all' : 'selected'
    await tx
      .insertInto('api_key_workspaces')
      .values({ ...of, most_role: mostRole, reach })
      .execute()
    if (tenants && tenants.length > 0)
      await tx
        .insertInto('api_key_tenants')
        .values(tenants.map((tenant) => ({ ...of, tenant_id: tenant })))
        .execute()
    await also(tx, created.id)
    return true
  })
  if (!isMade) return null
  return { id: created.id, key: created.key, expiresAt: created.expiresAt }
}

/** Takes back a key that nobody was given. */
async function revokeOrphan(tx: Db, keyId: string): Promise<false> {
  await tx.deleteFrom('api_keys').where('id', '=', keyId).execute()
  return false
}

/**
 * Keeps somebody in a workspace until the commit: a removal waits for it, and then finds the key and switches it
 * off. False when they are not in it.
 */
async function holdMembership(tx: Db, workspaceId: WorkspaceId, userId: UserId): Promise<boolean> {
  const membership = await tx
    .selectFrom('workspace_memberships')
    .select('id')
    .where('workspace_id', '=', workspaceId)
    .where('user_id', '=', userId)
    .forKeyShare()
    .executeTakeFirst()
  return membership !== undefined
}

/** A person's keys to a workspace, newest first; never the keys themselves. */
export const apiKeysOf = (db: Db, workspaceId: WorkspaceId, userId: UserId) =>
  keys(db, workspaceId, userId).orderBy('k.created_at', 'desc').orderBy('k.id').execute()

/** One of a person's own keys to a workspace, or none. */
export const apiKeyOf = (db: Db, workspaceId: WorkspaceId, userId: UserId, keyId: string) =>
  keys(db, workspaceId, userId).where('k.id', '=', keyId).executeTakeFirst()

const keys = (db: Db, workspaceId: WorkspaceId, userId: UserId) =>
  db
    .selectFrom('api_keys as k')
    .innerJoin('api_key_workspaces as b', 'b.api_key_id', 'k.id')
    .select(['k.id', 'k.name', 'k.start', 'k.created_at', 'k.expires_at', 'k.last_request'])
    .select(['b.most_role', 'b.reach'])
    .where('b.workspace_id', '=', workspaceId)
    .where('k.reference_id', '=', userId)

/** The tenants to which keys of a workspace are limited, by name; keys without such a limit have none. */
export const tenantsOfKeys = (db: Db, workspaceId: WorkspaceId, keyIds: readonly string[]) =>
  db
    .selectFrom('api_key_tenants as kt')
    .innerJoin('tenants as t', 't.id', 'kt.tenant_id')
    .select(['kt.api_key_id as keyId', 't.directory_id as id', 't.name'])
    .where('kt.workspace_id', '=', workspaceId)
    .where('kt.api_key_id', 'in', [...keyIds, ''])
    .orderBy('t.name')
    .orderBy('t.id')
    .execute()

/** Removes a person's own key to a workspace, which stops working at once; false when there is no such key of theirs. */
export async function revokeApiKey(db: Db, keyId: string, userId: UserId): Promise<boolean> {
  const query = db.deleteFrom('api_keys').where('id', '=', keyId).where('reference_id', '=', userId)
  return (await query.returning('id').executeTakeFirst()) !== undefined
}
