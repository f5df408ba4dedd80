import type { Db } from '../database/index.ts'
import { asWorkspaceId, type WorkspaceId } from '../kernel/index.ts'
import type { PersonalActor } from './actor.ts'
import type { Role } from './capabilities.ts'

export interface OwnWorkspace {
  readonly id: WorkspaceId
  readonly name: string
  readonly role: Role
}

/** The workspaces an actor belongs to, by name; for a key only its own. */
export async function workspacesOf(db: Db, actor: PersonalActor): Promise<OwnWorkspace[]> {
  let query = db
    .selectFrom('workspace_memberships as m')
    .innerJoin('workspaces as w', 'w.id', 'm.workspace_id')
    .select(['w.id', 'w.name', 'm.role'])
    .where('m.user_id', '=', actor.userId)
  if (actor.kind === 'api_key') query = query.where('w.id', '=', actor.workspaceId)
  const rows = await query.orderBy('w.name').orderBy('w.id').execute()
  return rows.map(({ id, name, role }) => ({ id: asWorkspaceId(id), name, role: role as Role }))
}

/** Remembers the workspace a session works in. */
export const chooseWorkspace = (db: Db, workspaceId: WorkspaceId, sessionId: string) =>
  db.updateTable('sessions').set({ workspace_id: workspaceId }).where('id', '=', sessionId).execute()
