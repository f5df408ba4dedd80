import type { Db } from '../../database/index.ts'
import type { AtRacePoint } from '../../kernel/index.ts'
import { definitionOf } from '../catalog/index.ts'
import { type Ending, endRun } from '../runs/index.ts'
import { advanceForgotten } from '../waiting/index.ts'
import { AT_ONCE, requeue, type SilentRun, silentRuns, wakeForgotten } from './sweep.sql.ts'

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
 * The safety net: re-sends lost wake-ups, advances forgotten lines, and rescues runs whose worker went silent, one
 * by one. One that somebody asked to stop ends as cancelled; reading work is queued again while it has attempts
 * left; everything else ends as stale.
 */
export async function sweep(s: Sweep): Promise<Swept> {
  const woken = await wakeForgotten(s.db, s.graceSeconds).catch((fault) => {
    s.report(fault)
    return 0
  })
  await advanceForgotten(s.db, s.graceSeconds).catch(s.report)
  const rescued = { requeued: 0, ended: 0 }
  for await (const run of everySilentRun(s)) {
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

/** Each silent run once, however many of them cannot be rescued. */
async function* everySilentRun({ db, requestTimeoutSeconds }: Sweep): AsyncGenerator<SilentRun> {
  let last: SilentRun | null = null
  do {
    const found: SilentRun[] = await silentRuns(db, requestTimeoutSeconds, last)
    yield* found
    last = (found.length === AT_ONCE && found.at(-1)) || null
  } while (last)
}

async function rescue(db: Db, run: SilentRun): Promise<'requeued' | 'ended' | 'alive'> {
  const { recovery } = definitionOf(run.operation)
  if (!run.cancelRequested && recovery.kind === 'reclaim' && run.attempt < recovery.attempts) {
    return (await requeue(db, run)) ? 'requeued' : 'alive'
  }
  const { fencingToken, heartbeatAt } = run
  const expected = { status: 'running', fencingToken, heartbeatAt } as const
  return (await endRun(db, run.id, expected, endOfSilent(run))) ? 'ended' : 'alive'
}

/** How a run ends of which nothing is heard any more. */
function endOfSilent({ cancelledBy, cancelRequested, heartbeatAt }: SilentRun): Ending {
  if (cancelRequested) return { outcome: 'cancelled', reason: { code: 'run_cancelled', by: cancelledBy } }
  const reason = { code: 'run_stale', lastSeenAt: new Date(heartbeatAt).toISOString() } as const
  return { outcome: 'failed', counts: {}, reason, failures: [] }
}
