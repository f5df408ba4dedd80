import { type Db, jsonb } from '../database/index.ts'
import type { WorkspaceId } from '../kernel/index.ts'
import type { PersonalActor } from './actor.ts'

/** Something that somebody did with people, accounts or their own access. */
export interface Deed {
  /** Null for what a person did with their own account, which is a matter of no workspace. */
  readonly workspaceId: WorkspaceId | null
  /** "member.remove" */
  readonly action: string
  readonly targetKind: string
  readonly targetId: string | null
  /** Never a secret. */
  readonly facts: object
  readonly correlationId: string
}

/** Records what an actor did. */
export const recordDone = (db: Db, actor: PersonalActor, deed: Deed) =>
  db
    .insertInto('audit_records')
    .values({
      workspace_id: deed.workspaceId,
      actor_kind: actor.kind,
      actor_id: actor.userId,
      actor_name: actor.name,
      action: deed.action,
      target_kind: deed.targetKind,
      target_id: deed.targetId,
      outcome: 'done',
      facts: jsonb(deed.facts),
      correlation_id: deed.correlationId,
    })
    .execute()
