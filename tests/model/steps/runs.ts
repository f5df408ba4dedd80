import { sql } from 'kysely'
import { expect } from 'vitest'
import { cancelRun } from '../../../src/engine/runs/index.ts'
import { sweep as sweepOnce } from '../../../src/engine/worker/index.ts'
import { nameOf } from '../agreement.ts'
import { activeRuns, end, isForgotten, type Model, rescue, runOf } from '../model.ts'
import { holdAt, type Real } from '../real.ts'
import { kindOfStep, note, pick } from '../step.ts'

const activeIn = (phase: 'queued' | 'running', { runs }: Model) =>
  [...runs].flatMap(([id, run]) => (run.phase === phase ? [id] : []))

/** Somebody wants a run stopped: a queued one ends, one at work is asked, an ended one stays. */
export const cancel = kindOfStep('cancel', (number: number, person: number) => ({
  possible: ({ runs }) => runs.size > 0,
  async play(model, { world }) {
    const active = activeRuns(model).map(([id]) => id)
    const runId = pick([...active, ...active, ...model.runs.keys()], number)
    const run = runOf(model, runId)
    const became = await world.database.db.transaction().execute((tx) => cancelRun(tx, runId, nameOf(person)))
    note(`cancel: ${became}`)
    expect(became).toBe({ queued: 'cancelled', running: 'stopping', completed: 'ended_before' }[run.phase])
    if (run.phase === 'queued') end(run, { outcome: 'cancelled', reason: 'run_cancelled' })
    if (run.phase === 'running') run.wish ??= nameOf(person)
  },
}))

/** Nothing was heard of a run for so long that its lease and its last request are over. */
export const fallSilent = kindOfStep('fallSilent', (number: number) => ({
  possible: (model) => activeIn('running', model).length > 0,
  play: (model, real) => silence(model, real, number),
}))

/** A sweep: lost wake-ups are sent again, silent runs are rescued. */
export const sweep = kindOfStep('sweep', () => ({
  possible: (model) => activeRuns(model).length > 0,
  play: sweepAll,
}))

/** A run falls silent and is given up at once; its worker does not know. */
export const giveUp = kindOfStep('giveUp', (number: number) => ({
  possible: (model) => activeIn('running', model).length > 0,
  async play(model, real) {
    await silence(model, real, number)
    await sweepAll(model, real)
  },
}))

async function silence(model: Model, { world }: Real, number: number): Promise<void> {
  const runId = pick(activeIn('running', model), number)
  runOf(model, runId).silent = true
  await sql`update operation_runs set lease_until = now() - interval '1 hour' where id = ${runId}`.execute(
    world.database.db,
  )
}

async function sweepAll(model: Model, { world }: Real): Promise<void> {
  const expected = { woken: wakeForgotten(model), requeued: 0, ended: 0 }
  for (const found of silentRuns(model)) countRescue(model, found, expected)
  expect(await sweepOnce({ db: world.database.db, ...sweeping })).toEqual(expected)
}

const sweeping = {
  requestTimeoutSeconds: 30,
  graceSeconds: 60,
  report: (fault: unknown) => expect.fail(String(fault)),
}

/** A sweep has looked for silent runs and is held before it does anything for them. */
export const beginSweep = kindOfStep('beginSweep', () => ({
  possible: (model) => model.sweeps.length < 2 && silentRuns(model).length > 0,
  async play(model, real) {
    wakeForgotten(model)
    const held = await holdAt('before_rescue', (atRacePoint) =>
      sweepOnce({ db: real.world.database.db, ...sweeping, atRacePoint }),
    )
    const id = model.nextId++
    model.sweeps.push({ id, found: silentRuns(model) })
    real.sweeps.set(id, held)
  },
}))

/** The held sweep goes on: whoever showed a sign of life since, or was rescued by another, is left alone. */
export const releaseSweep = kindOfStep('releaseSweep', (number: number) => ({
  possible: ({ sweeps }) => sweeps.length > 0,
  async play(model, real) {
    const held = pick(model.sweeps, number)
    model.sweeps.splice(model.sweeps.indexOf(held), 1)
    const expected = { requeued: 0, ended: 0 }
    for (const found of held.found) {
      const run = runOf(model, found.runId)
      if (run.phase === 'running' && run.token === found.token && run.signs === found.signs)
        countRescue(model, found, expected)
      else note('a held sweep leaves a run alone that is not silent any more')
    }
    const { letGo, result } = real.sweeps.get(held.id) ?? expect.fail()
    letGo()
    expect(await result).toMatchObject(expected)
  },
}))

function wakeForgotten(model: Model): number {
  const forgotten = [...model.runs.values()].filter(isForgotten)
  for (const run of forgotten) run.wakeUps += 1
  if (forgotten.length > 0) note('a lost wake-up is sent again')
  return forgotten.length
}

const silentRuns = ({ runs }: Model) =>
  [...runs].flatMap(([runId, { phase, signs, silent, token, wish }]) =>
    phase === 'running' && silent ? [{ runId, signs, token, wasAsked: wish !== null }] : [],
  )

function countRescue(
  model: Model,
  { runId, wasAsked }: { runId: number; wasAsked: boolean },
  expected: { requeued: number; ended: number },
): void {
  const became = rescue(runOf(model, runId), wasAsked)
  note(`rescued: ${wasAsked ? 'cancelled' : became}`)
  if (became !== 'left alone') expected[became] += 1
}

/** The queue loses what it knew of a run that was queued long ago. */
export const loseWakeUps = kindOfStep('loseWakeUps', (number: number) => ({
  possible: (model) => activeIn('queued', model).length > 0,
  async play(model, { world }) {
    const runId = pick(activeIn('queued', model), number)
    Object.assign(runOf(model, runId), { wakeUps: 0, old: true })
    const { db } = world.database
    await sql`delete from pgboss.job where (data ->> 'runId')::bigint = ${runId}`.execute(db)
    await sql`update operation_runs set created_at = created_at - interval '1 hour' where id = ${runId}`.execute(
      db,
    )
  },
}))

/** A queued run has to wait until later, as after an answer that said so. */
export const postpone = kindOfStep('postpone', (number: number) => ({
  possible: (model) => activeIn('queued', model).length > 0,
  async play(model, { world }) {
    const runId = pick(activeIn('queued', model), number)
    runOf(model, runId).waits = 'until later'
    await sql`update operation_runs set wake_at = now() + interval '1 hour' where id = ${runId}`.execute(
      world.database.db,
    )
  },
}))

/** The time for which runs were to wait has come. */
export const comeDue = kindOfStep('comeDue', () => ({
  possible: (model) => [...model.runs.values()].some(({ waits }) => waits === 'until later'),
  async play(model, { workspaces, world }) {
    for (const run of model.runs.values()) if (run.waits === 'until later') run.waits = 'no longer'
    await sql`
      update operation_runs set wake_at = now() - interval '1 hour'
      where wake_at > now() and workspace_id in (${sql.join(workspaces)})`.execute(world.database.db)
  },
}))

/** Fifteen minutes pass, after which an identical blocked start is a record of its own. */
export const passQuarter = kindOfStep('passQuarter', () => ({
  possible: ({ collapsing }) => collapsing.size > 0,
  async play(model, { workspaces, world }) {
    model.collapsing.clear()
    await sql`
      update operation_runs set created_at = created_at - interval '15 minutes'
      where collapse_key is not null and workspace_id in (${sql.join(workspaces)})`.execute(world.database.db)
  },
}))

/** A day passes, after which a key may be used again. No start takes that long. */
export const passDay = kindOfStep('passDay', () => ({
  possible: ({ kept, starts }) => kept.size > 0 && starts.length === 0,
  async play(model, { people, world }: Real) {
    model.kept.clear()
    await sql`
      update idempotency_keys set created_at = created_at - interval '1 day'
      where user_id in (${sql.join(people.map(({ userId }) => userId))})`.execute(world.database.db)
  },
}))
