import type { Db } from '../../database/index.ts'
import type { AtRacePoint } from '../../kernel/index.ts'
import { definitionOf } from '../catalog/index.ts'
import { endRun } from '../runs/index.ts'
import { advanceForgotten } from '../waiting/index.ts'
import { requeue, type SilentRun, silentRuns, wakeForgotten } from './sweep.sql.ts'

/** What a sweep needs; `report` hears of a run that could not be rescued, the others go on. */
export interface Sweep {
  readonly db: Db
  /** One request to Microsoft may still be on the wire when a lease ends. */
  readonly requestTimeoutSeconds: number
  readonly graceSeconds: number
  readonly atRacePoint?: AtRacePoint
  report(fault: unknown): void
}

export interface Swept {
  readonly woken: number
  readonly requeued: number
  readonly ended: number
}

/**
 * The safety net: re-sends lost wake-ups, advances forgotten lines, and rescues runs whose worker went silent,
 * one by one. Reading work is queued again while it has attempts left; everything else ends as stale.
 */
export async function sweep(s: Sweep): Promise<Swept> {
  const woken = await wakeForgotten(s.db, s.graceSeconds)
  await advanceForgotten(s.db, s.graceSeconds).catch(s.report)
  const rescued = { requeued: 0, ended: 0 }
  for (const run of await silentRuns(s.db, s.requestTimeoutSeconds)) {
    try {
      await s.atRacePoint?.('before_rescue')
      const became = await rescue(s.db, run)
      await s.atRacePoint?.('after_rescue')
      if (became !== 'alive') rescued[became] += 1
    } catch (fault) {
      s.report(fault)
    }
  }
  return { woken, ...rescued }
}

async function rescue(db: Db, run: SilentRun): Promise<'requeued' | 'ended' | 'alive'> {
  const { recovery } = definitionOf(run.operation)
  if (recovery.kind === 'reclaim' && run.attempt < recovery.attempts) {
    return (await requeue(db, run)) ? 'requeued' : 'alive'
  }
  const lastSeenAt = new Date(run.heartbeatAt).toISOString()
  const { fencingToken, heartbeatAt } = run
  const reason = { code: 'run_stale', lastSeenAt } as const
  const ended = await endRun(
    db,
    run.id,
    { status: 'running', fencingToken, heartbeatAt },
    { outcome: 'failed', counts: {}, reason, failures: [] },
  )
  return ended ? 'ended' : 'alive'
}
