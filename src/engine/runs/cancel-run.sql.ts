import { sql } from 'kysely'
import type { Db } from '../../database/index.ts'
import { endRun } from './end-run.sql.ts'
import { isActive } from './status.sql.ts'

/** What became of the wish to stop a run. */
export type Cancelled = 'cancelled' | 'stopping' | 'ended_before'

/**
 * Stops a run inside the caller's transaction: a queued one ends at once; one at work is asked to stop
 * and keeps its scope until its worker confirms. `by` is the name of whoever wants it.
 */
export async function cancelRun(tx: Db, runId: number, by: string): Promise<Cancelled> {
  const reason = { code: 'run_cancelled', by } as const
  if (await endRun(tx, runId, { status: 'queued' }, { outcome: 'cancelled', reason })) return 'cancelled'
  return (await askToStop(tx, runId, by)) ? 'stopping' : 'ended_before'
}

/**
 * Asks a run to stop; false when it has ended. A run that its worker put back into the queue just now
 * is asked too: whoever claims it next ends it.
 */
async function askToStop(tx: Db, runId: number, by: string): Promise<boolean> {
  const { rows } = await sql`
    update operation_runs set cancel_requested_at = coalesce(cancel_requested_at, now()),
      cancelled_by = coalesce(cancelled_by, ${by})
    where id = ${runId} and ${isActive}
    returning id`.execute(tx)
  return rows.length > 0
}
