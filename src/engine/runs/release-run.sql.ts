import { sql } from 'kysely'
import type { Db } from '../../database/index.ts'
import { endRun } from './end-run.sql.ts'
import { isRunning } from './status.sql.ts'

/** A run as it was taken from its worker. */
export interface TakenAway {
  readonly fencingToken: number
  /** Somebody had asked it to stop. */
  readonly stopAsked: boolean
  readonly heartbeatAt: string
}

/**
 * Takes a running run from its worker and ends it, inside the caller's transaction: whatever the worker still
 * writes comes under a token that counts no more. `seenToken` is the one under which it was judged; undefined,
 * and nothing is written, when the run has ended or is in other hands by now.
 */
export async function releaseRun(
  tx: Db,
  runId: number,
  seenToken: number,
  { by, why }: { by: string; why: string },
): Promise<TakenAway | undefined> {
  const taken = await takeAway(tx, runId, seenToken)
  if (!taken) return undefined
  const reason = { code: 'run_force_released', by, why } as const
  const { fencingToken } = taken
  await endRun(
    tx,
    runId,
    { status: 'running', fencingToken },
    taken.stopAsked
      ? { outcome: 'cancelled', reason }
      : { outcome: 'failed', counts: {}, reason, failures: [] },
  )
  return taken
}

/** Puts a running run under a new token, which nobody has. */
async function takeAway(tx: Db, runId: number, seenToken: number): Promise<TakenAway | undefined> {
  const { rows } = await sql<TakenAway>`
    update operation_runs set fencing_token = fencing_token + 1
    where id = ${runId} and ${isRunning} and fencing_token = ${seenToken}
    returning fencing_token as "fencingToken", cancel_requested_at is not null as "stopAsked",
      to_char(heartbeat_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') as "heartbeatAt"`.execute(tx)
  return rows[0]
}
