import { type RawBuilder, sql } from 'kysely'
import type { Db } from '../database/index.ts'
import type { WorkspaceId } from '../kernel/index.ts'
import type { PersonalActor } from './actor.ts'
import type { Role } from './capabilities.ts'

export interface OwnWorkspace {
  readonly id: WorkspaceId
  readonly name: string
  readonly role: Role
  /** Whether the actor reaches every tenant of it. */
  readonly reach: 'all' | 'selected'
}

/**
 * The workspaces an actor belongs to, by name; for a key only its own. A key that is limited to selected
 * tenants may only look at what belongs to the workspace as a whole.
 */
export async function workspacesOf(db: Db, actor: PersonalActor): Promise<OwnWorkspace[]> {
  const { rows } = await sql<OwnWorkspace>`
    select w.id, w.name, ${roleIn(actor)} as role, ${reachIn(actor)} as reach
    from workspace_memberships m
    join workspaces w on w.id = m.workspace_id
    ${actor.kind === 'api_key' ? sql`join api_key_workspaces k on k.workspace_id = w.id and k.api_key_id = ${actor.keyId}` : sql``}
    where m.user_id = ${actor.userId}
    order by w.name, w.id`.execute(db)
  return rows
}

const roleIn = (actor: PersonalActor): RawBuilder<unknown> =>
  actor.kind === 'api_key'
    ? sql`case when k.reach = 'selected' then 'readonly' else lesser_role(m.role, k.most_role) end`
    : sql`m.role`

const reachIn = (actor: PersonalActor): RawBuilder<unknown> =>
  actor.kind === 'api_key'
    ? sql`case when k.reach = 'selected' then 'selected' else m.reach end`
    : sql`m.reach`

/** Remembers the workspace a session works in. */
export const chooseWorkspace = (db: Db, workspaceId: WorkspaceId, sessionId: string) =>
  db.updateTable('sessions').set({ workspace_id: workspaceId }).where('id', '=', sessionId).execute()
