import { expect } from 'vitest'
import type { Db } from '../../../src/database/index.ts'
import type { Ending } from '../../../src/engine/runs/index.ts'
import { MAKES_ROOM, type WorkEnded } from '../../../src/engine/worker/index.ts'
import {
  at,
  type Ended,
  end,
  endingInstead,
  holds,
  isGroundGone,
  type Model,
  type ModelRun,
  type ModelWorker,
  prove,
  putBack,
  runOf,
  showLife,
  takeUp,
} from '../model.ts'
import { type PlayedWorker, playWorker } from '../played-worker.ts'
import type { Real } from '../real.ts'
import { kindOfStep, note, pick } from '../step.ts'

const anyWorker = ({ workers }: Model) => workers.length > 0

/** Whose wake-up comes: mostly that of a queued run; some come twice, late, or for a run long gone. */
const woken = ({ runs }: Model, number: number): number[] =>
  [...runs].filter(([, { phase }]) => phase === 'queued' || number === 0).map(([id]) => id)

/** A worker answers a wake-up for a run, whatever has become of it. */
export const claim = kindOfStep('claim', (number: number) => ({
  possible: (model) => woken(model, number).length > 0,
  async play(model, real) {
    const runId = pick(woken(model, number), number)
    const run = runOf(model, runId)
    const played = playWorker(real.world, runId, false)
    if (run.phase !== 'queued' || run.waits === 'until later') return expectNothing(played)
    await expectTaken(model, real, runId, played, endingInstead(model, run))
  },
}))

/** A worker authorises a run and is held before it claims it. */
export const beginClaim = kindOfStep('beginClaim', (number: number) => ({
  possible: (model) => woken(model, number).length > 0 && model.claims.length < 3,
  async play(model, real) {
    const runId = pick(woken(model, number), number)
    const run = runOf(model, runId)
    const played = playWorker(real.world, runId, true)
    await played.authorised
    if (run.phase !== 'queued' || run.waits === 'until later') return expectNothing(played)
    const id = model.nextId++
    model.claims.push({ id, runId, instead: endingInstead(model, run) })
    real.claims.set(id, played)
  },
}))

/** A held worker goes on to claim its run, if that is still to be had. */
export const releaseClaim = kindOfStep('releaseClaim', (number: number) => ({
  possible: ({ claims }) => claims.length > 0,
  async play(model, real) {
    const held = pick(model.claims, number)
    model.claims.splice(model.claims.indexOf(held), 1)
    const run = runOf(model, held.runId)
    const played = playedBy(real.claims, held.id)
    played.claim()
    if (run.phase !== 'queued' || (run.waits === 'until later' && !held.instead)) {
      note('a held worker comes too late')
      return expectNothing(played)
    }
    const now = endingInstead(model, run)
    if (!held.instead && now) note('a held worker finds the ground shifted')
    /* A wish that came meanwhile is seen here, or by the first heartbeat. */
    const early = !held.instead && run.wish !== null && (await played.atWork) === 'at work'
    await expectTaken(model, real, held.runId, played, early ? null : (held.instead ?? now))
  },
}))

async function expectNothing(played: PlayedWorker): Promise<void> {
  note('a wake-up for nothing')
  expect(await played.atWork).toBe('nothing to do')
}

async function expectTaken(
  model: Model,
  real: Real,
  runId: number,
  played: PlayedWorker,
  instead: Ended | null,
): Promise<void> {
  const run = runOf(model, runId)
  expect(await played.atWork).toBe(instead ? 'nothing to do' : 'at work')
  if (instead) {
    note(`ended before it began: ${instead.reason}`)
    return end(run, instead)
  }
  if (run.attempt > 0 || run.token > 0) note('a run is taken up again')
  takeUp(run)
  const id = model.nextId++
  model.workers.push({ id, runId, token: run.token, asleep: false })
  real.workers.set(id, played)
}

/** A worker's timer sends a heartbeat. */
export const beat = kindOfStep('beat', (number: number) => ({
  possible: anyWorker,
  async play(model, real) {
    const { held, played, run, worker } = workerAt(model, real, number)
    const goesOn = held && run.wish === null
    expect(await played.beat()).toBe(goesOn)
    if (held) showLife(run)
    worker.asleep = false
    if (goesOn) return
    note(held ? 'a heartbeat hears of the wish to stop' : 'a heartbeat hears that the run is lost')
    await leave(model, real, worker)
    if (held) end(run, { outcome: 'cancelled', reason: 'run_cancelled' })
  },
}))

/** A worker notes how far it is. */
export const progress = kindOfStep('progress', (number: number, done: number) => ({
  possible: anyWorker,
  async play(model, real) {
    const { held, played, run, worker } = workerAt(model, real, number)
    const noted = held && !worker.asleep
    const goesOn = noted && run.wish === null
    expect(await played.progress(done)).toBe(goesOn)
    if (noted) {
      run.done = done
      run.signs += 1
    }
    if (goesOn) return
    if (noted) note('progress hears of the wish to stop')
    else note(held ? 'a worker that slept stops itself' : 'a late worker may note nothing')
    await leave(model, real, worker)
    if (noted) end(run, { outcome: 'cancelled', reason: 'run_cancelled' })
  },
}))

/** A worker's machine sleeps past the end of its lease. */
export const sleep = kindOfStep('sleep', (number: number) => ({
  possible: anyWorker,
  async play(model, real) {
    const { played, worker } = workerAt(model, real, number)
    played.sleep()
    worker.asleep = true
  },
}))

/** A worker's process shuts down: its run goes back into the queue without losing an attempt. */
export const shutDown = kindOfStep('shutDown', (number: number) => ({
  possible: anyWorker,
  async play(model, real) {
    const { held, played, run, worker } = workerAt(model, real, number)
    await played.shutDown()
    await leave(model, real, worker)
    if (!held) return note('a late worker may give nothing back')
    run.attempt -= 1
    putBack(run)
  },
}))

/** A run of many pages makes room for others, and goes to the end of the queue as it stands. */
export const makeRoom = kindOfStep('makeRoom', (number: number) => ({
  possible: anyWorker,
  async play(model, real) {
    const { held, played, run, worker } = workerAt(model, real, number)
    await played.endWith(MAKES_ROOM)
    await leave(model, real, worker)
    if (!held) return note('a late worker may not make room')
    run.attempt -= 1
    putBack(run)
  },
}))

/** Longer than a check is patient, and shorter than everything else is. */
const WINDOW_SECONDS = 1000

/** Microsoft asks for a pause in the middle of the work: the run waits outside every worker, or ends if it is not patient enough. */
export const meetWindow = kindOfStep('meetWindow', (number: number) => ({
  possible: anyWorker,
  async play(model, real) {
    const { held, played, run, worker } = workerAt(model, real, number)
    const ending = writing(real, run, worker.runId, WAYS['is throttled'].ending)
    const observed = { throttledForSeconds: WINDOW_SECONDS }
    await played.endWith({
      ending,
      observed,
      waitsFor: { kind: 'throttle_window', seconds: WINDOW_SECONDS },
    })
    await leave(model, real, worker)
    if (!held) return note('a late worker may not put its run aside')
    learn(model, run, 'is throttled')
    if (run.operation === 'provider.connection.check') {
      note('out of patience')
      end(run, { outcome: 'failed', reason: 'provider_throttled' })
      model.written[at(model.tenants, run.tenant).workspace] = worker.runId
      return
    }
    note('put aside')
    run.attempt -= 1
    putBack(run)
    const isWoken = run.wish === null && isGroundGone(model, run)
    if (isWoken) run.wakeUps += 1
    run.waits = run.wish === null && !isWoken ? 'until later' : 'no longer' // a wish to stop is heard at once
  },
}))

/** How the work of a run may come out, what it learned of its connection, and how the run then ends. */
const WAYS = {
  succeeds: { ending: { outcome: 'succeeded', counts: { seen: 3, failed: 0 }, finding: null } },
  'succeeds in part': {
    ending: {
      outcome: 'partially_succeeded',
      counts: { seen: 3, failed: 1 },
      reason: { code: 'provider_unreachable' },
      failures: [{ code: 'provider_unreachable', message: 'unreachable', count: 1 }],
    },
  },
  'is throttled': {
    observed: { throttledForSeconds: 3600 },
    ending: {
      outcome: 'failed',
      counts: {},
      reason: { code: 'provider_throttled', until: '2100-01-01T00:00:00.000Z' },
      failures: [],
    },
  },
  'is refused': {
    observed: { credential: 'rejected' },
    ending: {
      outcome: 'blocked',
      reason: { code: 'provider_credential_rejected', credential: 'client_secret' },
    },
  },
  'proves its tenant': {
    observed: { credential: 'accepted' },
    ending: { outcome: 'succeeded', counts: { seen: 1 }, finding: null },
  },
} as const satisfies Record<string, WorkEnded>
export const WAYS_TO_FINISH = Object.keys(WAYS) as WayToFinish[]
export type WayToFinish = keyof typeof WAYS

/** A worker comes back with the result of its work, in time or late. */
export const finish = kindOfStep('finish', (number: number, way: WayToFinish) => ({
  possible: anyWorker,
  async play(model, real) {
    const { held, played, run, worker } = workerAt(model, real, number)
    const ending = writing(real, run, worker.runId, WAYS[way].ending)
    await played.endWith({ ...WAYS[way], ...provingOf(real, run, way), ending })
    await leave(model, real, worker)
    if (!held) return note('a late worker may write nothing')
    const how = WAYS[way].ending
    note(`ended ${how.outcome}`)
    end(run, { outcome: how.outcome, reason: 'reason' in how ? how.reason.code : null })
    learn(model, run, way)
    model.written[at(model.tenants, run.tenant).workspace] = worker.runId
  },
}))

/** What a run that proves its tenant has seen: the directory itself. */
const provingOf = (
  real: Real,
  { tenant }: ModelRun,
  way: WayToFinish,
): Pick<WorkEnded, 'observed'> | object =>
  way === 'proves its tenant'
    ? { observed: { ...WAYS[way].observed, provesDirectory: at(real.tenants, tenant).directoryId } }
    : {}

/** An ending that leaves a row of its feature behind in the finishing commit. */
const writing = (real: Real, run: ModelRun, runId: number, ending: Ending) => async (tx: Db) => {
  const workspaceId = at(real.tenants, run.tenant).workspaceId
  await tx
    .updateTable('workspaces')
    .set({ name: `Written by ${runId}` })
    .where('id', '=', workspaceId)
    .execute()
  return ending
}

function learn(model: Model, run: ModelRun, way: WayToFinish): void {
  const connection = at(model.connections, run.connection ?? -1)
  if (way === 'is throttled') connection.throttled = true
  if (way === 'is refused') connection.rejected = true
  if (way !== 'proves its tenant') return
  connection.rejected = false
  prove(model, run.tenant)
}

/** A worker fails by a bug: it throws, or claims success with a failed item. */
export const fail = kindOfStep('fail', (number: number, by: 'throwing' | 'lying') => ({
  possible: anyWorker,
  async play(model, real) {
    const { held, played, run, worker } = workerAt(model, real, number)
    if (by === 'throwing') await played.throwUp(new TypeError('cannot read properties of undefined'))
    else
      await played.endWith({
        observed: { credential: 'rejected' },
        ending: { outcome: 'succeeded', counts: { seen: 3, failed: 1 }, finding: null },
      })
    await leave(model, real, worker)
    expect(played.reported).toHaveLength(by === 'throwing' || held ? 1 : 0)
    if (!held) return note('a late worker may not even fail')
    note(`ended failed by ${by}`)
    end(run, { outcome: 'failed', reason: 'internal_error' })
  },
}))

function workerAt(model: Model, real: Real, number: number) {
  const worker = pick(model.workers, number)
  const run = runOf(model, worker.runId)
  return { worker, run, held: holds(model, worker), played: playedBy(real.workers, worker.id) }
}

/** A worker is done with its run, one way or another. */
async function leave(model: Model, real: Real, worker: ModelWorker): Promise<void> {
  await playedBy(real.workers, worker.id).over
  model.workers.splice(model.workers.indexOf(worker), 1)
  real.workers.delete(worker.id)
}

function playedBy(played: ReadonlyMap<number, PlayedWorker>, id: number): PlayedWorker {
  const one = played.get(id)
  if (!one) throw new Error(`Nobody plays ${id}`)
  return one
}
