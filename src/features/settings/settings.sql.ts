import type { PersonalActor } from '../../access/index.ts'
import { type Db, jsonb } from '../../database/index.ts'
import type { Language, UserId, WorkspaceId } from '../../kernel/index.ts'

/** Keeps how a person wants to be spoken to; null leaves it to the browser. */
export const saveSpoken = (
  db: Db,
  userId: UserId,
  spoken: { language: Language | null; timeZone: string | null; theme: 'light' | 'dark' | null },
) =>
  db
    .updateTable('users')
    .set({ language: spoken.language, time_zone: spoken.timeZone, theme: spoken.theme })
    .where('id', '=', userId)
    .execute()

/** Records that a key was made or revoked; never the key. */
export const recordKeyAction = (
  db: Db,
  workspaceId: WorkspaceId,
  {
    action,
    actor,
    keyId,
  }: { actor: PersonalActor; keyId: string; action: 'api_key.create' | 'api_key.revoke' },
) =>
  db
    .insertInto('audit_records')
    .values({
      workspace_id: workspaceId,
      tenant_id: null,
      actor_kind: actor.kind,
      actor_id: actor.userId,
      actor_name: actor.name,
      action,
      target_kind: 'api_key',
      target_id: keyId,
      outcome: 'done',
      run_id: null,
      facts: jsonb({}),
      correlation_id: null,
    })
    .execute()
