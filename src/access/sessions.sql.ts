import { sql } from 'kysely'
import type { Db } from '../database/index.ts'
import type { UserId, WorkspaceId } from '../kernel/index.ts'

/** The sessions of a person that are still good, the one used last first; never their tokens. */
export const sessionsOf = (db: Db, userId: UserId) =>
  db
    .selectFrom('sessions')
    .select(['id', 'ip_address', 'user_agent', 'created_at', 'updated_at'])
    .where('user_id', '=', userId)
    .where('expires_at', '>', sql<Date>`now()`)
    .orderBy('updated_at', 'desc')
    .orderBy('id')
    .execute()

/** Ends one session of a person; false when there is no such session of theirs. */
export async function endSession(db: Db, userId: UserId, sessionId: string): Promise<boolean> {
  const query = db.deleteFrom('sessions').where('id', '=', sessionId).where('user_id', '=', userId)
  return (await query.returning('id').executeTakeFirst()) !== undefined
}

/** Ends every session of a person but the one they are in, if they are in one; answers how many. */
export async function endSessions(db: Db, userId: UserId, but: string | null): Promise<number> {
  let query = db.deleteFrom('sessions').where('user_id', '=', userId)
  if (but !== null) query = query.where('id', '<>', but)
  return (await query.returning('id').execute()).length
}

/**
 * Ends the sign-ins of a person for which the password was given and the code was not yet, with the count of
 * their attempts, and the trust in devices that skip the code. The sign-in library keeps them under these names.
 */
export const endHalfwaySignIns = (tx: Db, userId: UserId) =>
  sql`
    with ended as (
      delete from verifications
      where value = ${userId} and (identifier like '2fa-%' or identifier like 'trust-device-%')
      returning identifier
    )
    delete from verifications a using ended e where a.identifier = '2fa-attempts-' || e.identifier`.execute(
    tx,
  )

/**
 * Ends what somebody has open in a workspace that they left: the sessions that work in it, all of them when
 * it was their last workspace, and the keys that are bound to it.
 */
export async function endAccessTo(
  tx: Db,
  workspaceId: WorkspaceId,
  userId: UserId,
): Promise<{ sessions: number; keys: number }> {
  const sessions = await sql`
    delete from sessions s where s.user_id = ${userId} and (
      s.workspace_id = ${workspaceId}
      or not exists (select from workspace_memberships m where m.user_id = ${userId})
    ) returning s.id`.execute(tx)
  const keys = await sql`
    update api_keys k set enabled = false
    from api_key_workspaces b
    where b.api_key_id = k.id and b.workspace_id = ${workspaceId} and k.reference_id = ${userId}
      and k.enabled is distinct from false
    returning k.id`.execute(tx)
  return { sessions: sessions.rows.length, keys: keys.rows.length }
}
