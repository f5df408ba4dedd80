import { type Db, isPassing } from '../../database/index.ts'
import { type AtRacePoint, type Clock, match } from '../../kernel/index.ts'
import { definitionOf } from '../catalog/index.ts'
import { type Ending, endRun } from '../runs/index.ts'
import { type AuthorisationSettings, objectionToRun } from './authorise-run.ts'
import { finish, leave } from './finish.ts'
import { type Held, hold, type Moment, momentOf, type Stop } from './hold.ts'
import { type ClaimedRun, claim, giveBack, notePage, noteProgress, wake } from './lease.sql.ts'
import { factsOfRun, type RunFacts } from './run-facts.sql.ts'
import { MAKES_ROOM, RunLost, type Runner, type Runners, type Work, type WorkEnded } from './runner.ts'

/** What a worker needs; `report` hears of bugs, which end their run with `internal_error`, and of a failing database. */
export interface Worker {
  readonly db: Db
  readonly clock: Clock
  readonly runners: Runners
  readonly settings: AuthorisationSettings & { readonly leaseSeconds: number }
  readonly shutdown: AbortSignal
  readonly atRacePoint?: AtRacePoint
  /** Whether every slot of this process is taken; a run of many pages then makes room after each. */
  isFull?(): boolean
  report(fault: unknown, run: { id: number; correlationId: string }): void
}

/** How often a claim is tried again when the ground shifted between facts and claim. */
const MOST_TURNS = 10

/**
 * Answers a wake-up: takes the run if it is still to be had, authorises it again, carries it out and
 * ends it. Every wake-up may come twice, late, or for a run long gone; then nothing happens.
 */
export async function workOn(worker: Worker, runId: number): Promise<void> {
  const taken = await take(worker, runId)
  if (!taken) return
  await worker.atRacePoint?.('after_claim')
  const held = hold(worker, taken.run, taken.since)
  try {
    await carryOut(worker, held)
  } catch (fault) {
    if (!(fault instanceof RunLost)) throw fault
  } finally {
    held.release()
  }
}

/** A claimed run, and the moment before its claim was sent. */
interface Taken {
  readonly run: ClaimedRun
  readonly since: Moment
}

/** Claims a run that may be carried out; ends one that may not. Undefined when there is nothing to do; a wake-up that a leaving process cannot answer goes to another. */
async function take(worker: Worker, runId: number): Promise<Taken | undefined> {
  for (let turn = 0; turn < MOST_TURNS; turn++) {
    const facts = await factsOfRun(worker.db, runId)
    if (facts?.run.status !== 'queued' || facts.run.waits) return undefined
    if (worker.shutdown.aborted) {
      await wake(worker.db, runId)
      return undefined
    }
    const instead = endingInstead(facts, worker)
    await worker.atRacePoint?.('before_claim')
    if (instead) {
      if (await endRun(worker.db, runId, { status: 'queued' }, instead)) return undefined
      continue
    }
    const since = momentOf(worker)
    const run = await claim(worker.db, facts, worker.settings.leaseSeconds)
    if (run) return { run, since }
  }
  return undefined
}

/** How a queued run ends without being worked on, if it may not be; null when it may. */
function endingInstead(facts: RunFacts, { settings }: Worker): Ending | null {
  if (facts.run.cancelRequested)
    return { outcome: 'cancelled', reason: { code: 'run_cancelled', by: facts.run.cancelledBy } }
  const reason = objectionToRun(facts, definitionOf(facts.run.operation), settings)
  return reason && { outcome: 'blocked', reason }
}

async function carryOut(worker: Worker, held: Held): Promise<void> {
  const { run } = held
  const runner = worker.runners.get(run.operation) ?? nothingCarriesOut
  const stint: Stint = { gotFurther: false, othersQueue: false }
  const work = held.check() ? runner(workFor(worker, held, stint)) : Promise.reject(new RunLost())
  const result = await work.catch((fault: unknown) => resultOfFault(worker, held, fault))
  const stop = held.stopped()
  if (stop) await stopRun(worker, run, stop)
  else if (result === MAKES_ROOM) await giveBack(worker.db, run, 'made_room')
  else
    await leave(worker, run, result, stint).catch((fault: unknown) =>
      finish(worker, run, resultOfFault(worker, held, fault)),
    )
}

/** What this holding of a run has come to so far. */
interface Stint {
  /** A page was written. */
  gotFurther: boolean
  /** Others could be claimed when the last page was written. */
  othersQueue: boolean
}

const nothingCarriesOut: Runner = async ({ run }) => {
  throw new Error(`Nothing carries out ${run.operation}`)
}

function workFor({ db, isFull }: Worker, held: Held, stint: Stint): Work {
  return {
    run: held.run,
    signal: held.signal,
    maySend: held.check,
    db,
    async progress(done, total) {
      if (held.check()) held.hear(await noteProgress(db, held.run, done, total))
      if (!held.check()) throw new RunLost()
    },
    mustMakeRoom: () => stint.othersQueue && isFull?.() === true,
    async page(write) {
      if (!held.check()) throw new RunLost()
      const word = await db.transaction().execute(async (tx) => {
        const noted = await notePage(tx, held.run, await write(tx))
        if (noted) return noted
        held.hear(undefined)
        throw new RunLost()
      })
      held.hear(word)
      stint.gotFurther = true
      stint.othersQueue = word.othersQueue
      if (!held.check()) throw new RunLost()
    },
  }
}

/**
 * What a runner threw is a bug, unless it was told to stop: then that is what its requests throw. Where the database
 * failed it for the moment, work that may be repeated is left as if its process had died: the sweep takes it up.
 */
function resultOfFault(worker: Worker, { run, signal }: Held, fault: unknown): WorkEnded {
  if (!signal.aborted && !(fault instanceof RunLost)) {
    worker.report(fault, run)
    if (isPassing(fault) && definitionOf(run.operation).recovery.kind === 'reclaim') throw new RunLost()
  }
  const reason = { code: 'internal_error', correlationId: run.correlationId } as const
  return { ending: { outcome: 'failed', counts: {}, reason, failures: [] } }
}

/** The work was interrupted: whoever interrupted it decides what becomes of the run. */
const stopRun = (worker: Worker, run: ClaimedRun, stop: Stop): Promise<unknown> =>
  match(stop, {
    lost: async () => {},
    shutdown: () => giveBack(worker.db, run, 'handed_back'),
    cancelled: ({ by }) =>
      finish(worker, run, { ending: { outcome: 'cancelled', reason: { code: 'run_cancelled', by } } }),
  })
