import type { PersonalActor } from '../../access/index.ts'
import type { Db } from '../../database/index.ts'
import { recordSessionDeed } from '../../engine/waiting/index.ts'
import type { WorkspaceId } from '../../kernel/index.ts'
import { insertSession } from './change-session.sql.ts'

/** Begins a session, or goes on with the one that this person has begun and that names no directory yet. */
export const beginSession = (
  db: Db,
  workspaceId: WorkspaceId,
  actor: PersonalActor,
  correlationId: string,
): Promise<number> =>
  db.transaction().execute(async (tx) => {
    const { id, isNew, version } = await insertSession(tx, workspaceId, actor)
    const session = { id, workspaceId, tenantId: null, version }
    if (isNew)
      await recordSessionDeed(tx, session, { action: 'onboarding.begin', actor, correlationId, facts: {} })
    return id
  })
