import fc from 'fast-check'
import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { PersonalActor } from '../../src/access/index.ts'
import type { OperationCode } from '../../src/engine/catalog/index.ts'
import { start } from '../../src/engine/gate/index.ts'
import { cancelRun } from '../../src/engine/runs/index.ts'
import { advanceForgotten, stepsOf } from '../../src/engine/waiting/index.ts'
import { leaveOut } from '../../src/features/onboarding/end-session.ts'
import { sessionJson } from '../../src/features/onboarding/session-json.ts'
import { sessionFor } from '../../src/features/onboarding/sessions.sql.ts'
import { progressOf } from '../../src/features/onboarding/steps.ts'
import type { RacePoint } from '../../src/kernel/index.ts'
import { readerOf } from '../../src/web/index.ts'
import { bootstrapScene, COMPLIANCE, FAILED, GROUPS, INVENTORY, ROLES } from '../world/bootstrap-scene.ts'
import { SUCCEEDED } from '../world/workers.ts'
import { openWorld, startAsk, type World } from '../world/world.ts'

const OPERATIONS = [ROLES, GROUPS, INVENTORY, COMPLIANCE] as const
const WALKS = 12
const LONGEST = 16

const people = fc.constantFrom('ada' as const, 'ben' as const)
const operation = fc.constantFrom(...OPERATIONS)
/** A tab shows the version that it was opened with. */
const tab = fc.constantFrom(0 as const, 1 as const)

/** What two people in two tabs, workers, sweeps and mishaps do to one session. */
const step = fc.oneof(
  {
    weight: 3,
    arbitrary: fc.record({
      kind: fc.constant('ask' as const),
      who: people,
      operations: fc.uniqueArray(operation, { minLength: 1 }),
    }),
  },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('open' as const), tab }) },
  {
    weight: 2,
    arbitrary: fc.record({
      kind: fc.constantFrom('skip' as const, 'drop' as const),
      who: people,
      operation,
      tab,
    }),
  },
  { weight: 5, arbitrary: fc.record({ kind: fc.constant('work' as const), good: fc.boolean() }) },
  { weight: 1, arbitrary: fc.constant({ kind: 'cancel run' as const }) },
  { weight: 4, arbitrary: fc.constant({ kind: 'advance' as const }) },
  {
    weight: 2,
    arbitrary: fc.record({
      kind: fc.constant('die' as const),
      at: fc.constantFrom<RacePoint>('before_advance', 'after_facts', 'before_commit', 'after_commit'),
    }),
  },
  { weight: 1, arbitrary: fc.constant({ kind: 'sweep' as const }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('by hand' as const), operation }) },
)
type Step = typeof step extends fc.Arbitrary<infer Each> ? Each : never

let world: World
beforeAll(async () => {
  world = await openWorld('embedded')
})
afterAll(() => world?.close())

type Scene = Awaited<ReturnType<typeof bootstrapScene>>

/** What has to be so whatever happened: the operations that were asked for and not dropped, and what has finished. */
interface Model {
  selected: Set<OperationCode>
  finished: Set<OperationCode>
  tabs: [number, number]
}

async function take(scene: Scene, model: Model, did: Step): Promise<void> {
  switch (did.kind) {
    case 'ask': {
      const answer = await scene.ask(scene[did.who], did.operations)
      if (answer.kind === 'decided') for (const code of did.operations) model.selected.add(code)
      else expect(answer.kind).toBe('nothing_left')
      return
    }
    case 'open':
      model.tabs[did.tab] = await versionOf(scene)
      return
    case 'skip':
    case 'drop':
      return leave(scene, model, did.kind, { ...did, actor: scene[did.who] })
    case 'work':
      return scene.finish((await scene.atWork())?.id, did.good ? SUCCEEDED : FAILED)
    case 'cancel run': {
      const run = await scene.atWork()
      if (run) await scene.db.transaction().execute((tx) => cancelRun(tx, run.id, 'Ben'))
      return
    }
    case 'advance':
      return scene.advance()
    case 'die': {
      const atRacePoint = async (at: RacePoint) => {
        if (at === did.at) throw new Error('died')
      }
      await scene.advance({ ...world.gate, atRacePoint }).catch(() => {})
      return
    }
    case 'sweep':
      await advanceForgotten(scene.db, 0)
      return
    case 'by hand':
      await start(world.gate, { ...startAsk(scene.ben, scene.tenant, did.operation), surface: 'connection' })
  }
}

interface Leaving {
  readonly actor: PersonalActor
  readonly operation: OperationCode
  readonly tab: 0 | 1
}

async function leave(
  scene: Scene,
  model: Model,
  how: 'skip' | 'drop',
  { actor, operation: code, tab: at }: Leaving,
) {
  const seen = model.tabs[at]
  const isStale = seen !== (await versionOf(scene))
  const before = (await stepsOf(scene.db, scene.sessionId)).find((each) => each.operation === code)
  const by = { actor, correlationId: 'c', expectedVersion: seen }
  const came = await leaveOut(scene.db, scene.sessionId, by, how, code)
  if (isStale) expect(came).toEqual({ ok: false, why: 'stale' })
  else if (before?.state !== 'pending') expect(came).toEqual({ ok: false, why: 'not_found' })
  else {
    expect(came).toEqual({ ok: true })
    if (how === 'drop') model.selected.delete(code)
  }
}

const versionOf = async ({ db, sessionId }: Scene) =>
  (
    await db
      .selectFrom('onboarding_sessions')
      .select('version')
      .where('id', '=', sessionId)
      .executeTakeFirstOrThrow()
  ).version

async function expectAgreement(scene: Scene, model: Model): Promise<void> {
  const steps = await stepsOf(scene.db, scene.sessionId)
  expect(new Set(steps.map(({ operation: code }) => code))).toEqual(model.selected)
  expect(steps.filter(({ state }) => state === 'active').length).toBeLessThanOrEqual(1)
  for (const { operation: code, state } of steps) {
    if (model.finished.has(code)) expect([code, state]).toEqual([code, 'finished'])
    if (state === 'finished') model.finished.add(code)
  }
  const { rows } = await sql<{ atWork: number; twice: number }>`
    select (select count(*)::int from operation_runs
        where tenant_id = ${scene.tenant.id} and status in ('queued', 'running')) as "atWork",
      (select count(*)::int from (
        select w.id from waiting_starts w join audit_records a on a.action = 'operation.start'
          and (a.facts -> 'facts' -> 'waited' ->> 'waitingStartId')::bigint = w.id and a.outcome = 'accepted'
        join operation_runs r on r.id = a.run_id and r.outcome in ('succeeded', 'partially_succeeded')
        where w.onboarding_session_id = ${scene.sessionId} group by w.id having count(*) > 1) often) as twice`.execute(
    scene.db,
  )
  expect(rows[0]?.atWork).toBeLessThanOrEqual(1)
  expect(rows[0]?.twice).toBe(0)
  await expectSamePage(scene)
}

/** Whoever looks sees the same, and it is what the facts derive. */
async function expectSamePage(scene: Scene): Promise<void> {
  const bootstrap = await stepsOf(scene.db, scene.sessionId)
  const [mine, theirs] = await Promise.all(
    [scene.ada, scene.ben].map((person) => sessionFor(scene.db, person, scene.sessionId)),
  )
  if (!mine || !theirs) throw new Error('Nobody sees the session')
  const told = sessionJson({ ...mine, bootstrap }, readerOf('en', null))
  expect(sessionJson({ ...theirs, bootstrap }, readerOf('en', null))).toEqual(told)
  expect(told.next).toBe(progressOf({ ...mine, bootstrap }).next)
}

test(`in ${WALKS} walks of two people, two tabs, workers and mishaps no operation is lost or run twice`, {
  timeout: 120_000,
}, async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 4, maxLength: LONGEST }), async (walk) => {
      const scene = await bootstrapScene(world)
      const model: Model = { selected: new Set(), finished: new Set(), tabs: [1, 1] }
      for (const did of walk) {
        await take(scene, model, did)
        await expectAgreement(scene, model)
      }
      await scene.finish((await scene.atWork())?.id)
      for (let turn = 0; turn < 12; turn++) {
        const held = (await stepsOf(scene.db, scene.sessionId)).filter(({ state }) => state === 'pending')
        if (held.length > 0)
          await scene.ask(
            scene.ada,
            held.map((each) => each.operation),
          )
        await scene.finish((await scene.atWork())?.id)
        await scene.advance()
      }
      const states = (await stepsOf(scene.db, scene.sessionId)).map(({ state }) => state)
      expect(states.filter((state) => state !== 'finished' && state !== 'skipped')).toEqual([])
    }),
    { numRuns: WALKS },
  )
})
