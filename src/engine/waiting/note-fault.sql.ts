import { sql } from 'kysely'
import { type Db, jsonb } from '../../database/index.ts'

/** So often trying a waiting start may end in a fault of ours; then it is given up, so that its line moves on. */
const MOST_FAULTS = 5

/**
 * Counts a fault on a waiting start. With the last one that is borne it is refused for it, with the audit record; the
 * database tells whoever wants to know. Answers whether its turn is over. While the database itself is not to be had
 * nothing is counted.
 */
export async function noteFault(db: Db, id: number, correlationId: string): Promise<boolean> {
  const isLast = sql`faults + 1 >= ${MOST_FAULTS}`
  const { rows } = await sql<{ isOver: boolean }>`
    with faulty as (
      update waiting_starts set faults = faults + 1,
        state = case when ${isLast} then 'refused' else state end,
        ended_at = case when ${isLast} then now() end,
        reason = case when ${isLast} then ${jsonb({ code: 'internal_error', correlationId })} end
      where id = ${id} and state = 'waiting'
      returning id, workspace_id, tenant_id, operation, state, faults
    ),
    audited as (
      insert into audit_records (
        workspace_id, tenant_id, actor_kind, action, target_kind, target_id, outcome, facts, correlation_id
      )
      select workspace_id, tenant_id, 'system', 'waiting_start.give_up', 'waiting_start', id::text, 'failed',
        jsonb_build_object('operation', operation, 'faults', faults), ${correlationId}
      from faulty where state = 'refused'
    )
    select state = 'refused' as "isOver" from faulty`.execute(db)
  return rows[0]?.isOver ?? true
}
