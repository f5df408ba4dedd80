import { sql } from 'kysely'
import type { PersonalActor } from '../../access/index.ts'
import { type Db, jsonb } from '../../database/index.ts'

/**
 * Takes a start out of its line for good, with the audit record; false when it waits no longer. The database tells its
 * person and whoever asked for the same, but not whoever did it. A step of a bootstrap is left out in its session, which
 * gets its next version with it, and never here.
 */
export async function cancelWaiting(
  db: Db,
  id: number,
  actor: PersonalActor,
  correlationId: string,
): Promise<boolean> {
  const { rows } = await sql`
    with gone as (
      update waiting_starts set state = 'cancelled', cancelled_by = ${actor.name}, cancelled_by_id = ${actor.userId}, ended_at = now()
      where id = ${id} and state = 'waiting' and onboarding_session_id is null
      returning id, workspace_id, tenant_id, operation
    ),
    audited as (
      insert into audit_records (
        workspace_id, tenant_id, actor_kind, actor_id, actor_name, action, target_kind, target_id, outcome, facts,
        correlation_id
      )
      select workspace_id, tenant_id, ${actor.kind}, ${actor.userId}::text, ${actor.name}, 'waiting_start.cancel',
        'waiting_start', id::text, 'done', ${jsonb({})} || jsonb_build_object('operation', operation), ${correlationId}
      from gone
    )
    select id from gone`.execute(db)
  return rows.length > 0
}
