import { recordObservation } from '../../providers/index.ts'
import { definitionOf } from '../catalog/index.ts'
import { endRun, wakeWithoutGround } from '../runs/index.ts'
import { decideWait, type WaitsFor } from './decide-wait.ts'
import { type ClaimedRun, putAside } from './lease.sql.ts'
import { RunLost, type WorkEnded } from './runner.ts'
import type { Worker } from './worker.ts'

/** One commit: what was learned, what was written, and the run's end, which counts only for its holder. */
export async function finish(
  worker: Worker,
  run: ClaimedRun,
  { ending, observed }: WorkEnded,
): Promise<void> {
  await worker.atRacePoint?.('before_finish')
  await worker.db.transaction().execute(async (tx) => {
    if (observed) await recordObservation(tx, run, observed)
    const how = typeof ending === 'function' ? await ending(tx) : ending
    await worker.atRacePoint?.('in_finish')
    const ended = await endRun(tx, run.id, { status: 'running', fencingToken: run.fencingToken }, how)
    if (!ended) throw new RunLost()
  })
  await worker.atRacePoint?.('after_finish')
}

/** Puts the run aside if it could go on later and that is worth the wait; ends it otherwise. */
export async function leave(
  worker: Worker,
  run: ClaimedRun,
  result: WorkEnded,
  { gotFurther }: { gotFurther: boolean },
): Promise<void> {
  const { waitsFor } = result
  const pause = waitsFor ? pauseOf(gotFurther ? { ...run, ...MOVING } : run, waitsFor) : null
  if (!waitsFor || pause === null) return finish(worker, run, result)
  const { kind } = waitsFor
  await worker.atRacePoint?.('before_finish')
  await worker.db.transaction().execute(async (tx) => {
    const window = kind === 'throttle_window' ? { throttledForSeconds: pause } : {}
    await recordObservation(tx, run, { ...result.observed, ...window })
    if (!(await putAside(tx, run, { waitsFor, seconds: pause }))) throw new RunLost()
    await wakeWithoutGround(tx, run.id)
  })
}

/** A run that got further is not held up. */
const MOVING = { waits: 0, heldUpSeconds: 0 }

/** Seconds until a held-up run is carried out again; null when its patience is over. */
function pauseOf(run: ClaimedRun, waitsFor: WaitsFor): number | null {
  const verdict = decideWait({
    waitsFor,
    waits: run.waits,
    heldUpSeconds: run.heldUpSeconds,
    patienceSeconds: definitionOf(run.operation).patienceSeconds,
    chance: Math.random(),
  })
  return verdict.kind === 'wait' ? verdict.seconds : null
}
