import type { Db } from '../database/index.ts'
import type { UserId, WorkspaceId } from '../kernel/index.ts'
import type { Auth } from './auth.ts'

export interface NewApiKey {
  readonly id: string
  /** The key itself: shown this once, kept only as a hash. */
  readonly key: string
  readonly expiresAt: Date | null
}

/** Makes a key with which its owner's programs reach one workspace. Keys themselves cannot make keys. */
export async function createApiKey(
  auth: Auth,
  db: Db,
  wanted: { userId: UserId; workspaceId: WorkspaceId; name: string; days: number },
): Promise<NewApiKey> {
  const created = await auth.api.createApiKey({
    body: { name: wanted.name, userId: wanted.userId, expiresIn: wanted.days * 86_400 },
  })
  await db
    .insertInto('api_key_workspaces')
    .values({ api_key_id: created.id, workspace_id: wanted.workspaceId })
    .execute()
  return { id: created.id, key: created.key, expiresAt: created.expiresAt }
}

/** A person's keys to a workspace, newest first; never the keys themselves. */
export const apiKeysOf = (db: Db, workspaceId: WorkspaceId, userId: UserId) =>
  db
    .selectFrom('api_keys as k')
    .innerJoin('api_key_workspaces as b', 'b.api_key_id', 'k.id')
    .select(['k.id', 'k.name', 'k.start', 'k.created_at', 'k.expires_at', 'k.last_request'])
    .where('b.workspace_id', '=', workspaceId)
    .where('k.reference_id', '=', userId)
    .orderBy('k.created_at', 'desc')
    .execute()

/** Removes a person's own key, which stops working at once; false when there is no such key of theirs. */
export async function revokeApiKey(db: Db, keyId: string, userId: UserId): Promise<boolean> {
  const query = db.deleteFrom('api_keys').where('id', '=', keyId).where('reference_id', '=', userId)
  return (await query.returning('id').executeTakeFirst()) !== undefined
}
