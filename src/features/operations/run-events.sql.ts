import { sql } from 'kysely'
import type { Db } from '../../database/index.ts'
import type { RunEventKind } from '../../engine/runs/index.ts'

/** What happened to a run, perhaps several times in a row. */
export interface RunEvent {
  readonly kind: RunEventKind
  readonly times: number
  readonly first_at: Date
  readonly last_at: Date
  /** Until when it waited, or waits, the last time; null for what is no wait. */
  readonly until: Date | null
}

/** What happened to a run between its admission and its end, in order. */
export async function eventsOfRun(db: Db, tenantId: number, runId: number): Promise<RunEvent[]> {
  const { rows } = await sql<RunEvent>`
    select kind, times, first_at, last_at, until from operation_run_events
    where run_id = ${runId} and tenant_id = ${tenantId} order by first_at, id`.execute(db)
  return rows
}

/** Beyond so many it is not counted how many are ahead. */
export const MOST_AHEAD = 500

/** How many runs of the installation may be claimed before a queued one, as far as they are counted. */
export async function aheadOf(db: Db, tenantId: number, runId: number): Promise<number> {
  const { rows } = await sql<{ ahead: number }>`
    select count(*)::int as ahead from (
      select from operation_runs o
      join operation_runs r on r.id = ${runId} and r.tenant_id = ${tenantId}
      where o.status = 'queued' and coalesce(o.wake_at, o.created_at) <= now() and o.id <> r.id
        and (coalesce(o.wake_at, o.created_at), o.id) < (coalesce(r.wake_at, r.created_at), r.id)
      limit ${MOST_AHEAD}
    ) earlier`.execute(db)
  return rows[0]?.ahead ?? 0
}
