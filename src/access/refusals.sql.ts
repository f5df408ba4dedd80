import { type Db, jsonb } from '../database/index.ts'
import type { WorkspaceId } from '../kernel/index.ts'
import type { PersonalActor } from './actor.ts'

/** What somebody tried without being allowed to. */
export interface RefusedDeed {
  readonly workspaceId: WorkspaceId | null
  /** "api_key.create": the action that an audit record would have had if it had been done. */
  readonly action: string
  readonly targetKind: string
  readonly targetId: string | null
  readonly correlationId: string
}

/** Records that an actor tried what they may not; nothing was done. */
export const recordRefusal = (db: Db, actor: PersonalActor, deed: RefusedDeed) =>
  db
    .insertInto('audit_records')
    .values({
      workspace_id: deed.workspaceId,
      actor_kind: actor.kind,
      actor_id: actor.userId,
      actor_name: actor.name,
      action: deed.action,
      target_kind: deed.targetKind,
      target_id: deed.targetId?.slice(0, 100) ?? null,
      outcome: 'forbidden',
      facts: jsonb({}),
      correlation_id: deed.correlationId,
    })
    .execute()
