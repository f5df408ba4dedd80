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
  const endQueued = () => endRun(tx, runId, { status: 'queued' }, { outcome: 'cancelled', reason })
  if (await endQueued()) return 'cancelled'
  if (!(await askToStop(tx, runId, by))) return 'ended_before'
  // Its worker may have put it back or aside just now; then nobody would hear of the wish until it wakes.
  return (await endQueued()) ? 'cancelled' : 'stopping'
}

/** Asks a run to stop; false when it has ended. Its row stays locked, so that it is not put back after that. */
async function askToStop(tx: Db, runId: number, by: string): Promise<boolean> {
  const { rows } = await sql`
    update operation_runs set cancel_requested_at = coalesce(cancel_requested_at, now()),
      cancelled_by = coalesce(cancelled_by, ${by})
    where id = ${runId} and ${isActive}
    returning id`.execute(tx)
  return rows.length > 0
}
