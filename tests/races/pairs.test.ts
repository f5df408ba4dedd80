import { sql } from 'kysely'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import type { PersonalActor } from '../../src/access/index.ts'
import type { Db } from '../../src/database/index.ts'
import { type StartAnswer, start } from '../../src/engine/gate/index.ts'
import { cancelRun } from '../../src/engine/runs/index.ts'
import { type Sweep, sweep, workOn } from '../../src/engine/worker/index.ts'
import { RACE_POINTS, type RacePoint } from '../../src/kernel/index.ts'
import { expectInvariants } from '../world/invariants.ts'
import { SUCCEEDED, workerOf } from '../world/workers.ts'
import { openWorld, type SeededTenant, startAsk, type World } from '../world/world.ts'
import { endsOrWaits, holdAt, type Walk } from './held.ts'

const SYNC = 'directory.role_definitions.sync'
const CHECK = 'provider.connection.check'

let world: World
let db: Db
beforeAll(async () => {
  world = await openWorld('postgres')
  db = world.database.db
})
afterAll(() => world.close())
afterEach(() => expectInvariants(db))

/** One tenant and who acts in it; `carriedOut` says which runs were worked on under which tokens. */
interface Scene {
  readonly workspace: number
  readonly operator: PersonalActor
  readonly tenant: SeededTenant & { connectionId: number }
  readonly runId: number
  readonly carriedOut: string[]
  readonly answers: StartAnswer[]
}

/** Somebody who takes part in races, and the points it passes. */
interface Contender {
  readonly name: string
  readonly points: readonly RacePoint[]
  /** What there has to be before it sets out: nothing, a queued run, or one whose worker went silent. */
  readonly before: 'nothing' | 'queued' | 'silent'
  readonly walk: (scene: Scene) => Walk
}

const starting = (name: string, operation: string): Contender => ({
  name,
  points: ['after_facts', 'before_commit', 'after_commit'],
  before: 'nothing',
  walk: (scene) => async (atRacePoint) => {
    const answer = await start(
      { ...world.gate, atRacePoint },
      startAsk(scene.operator, scene.tenant, operation),
    )
    scene.answers.push(answer)
  },
})

const CONTENDERS: readonly Contender[] = [
  starting('a start', SYNC),
  starting('another start', CHECK),
  {
    name: 'a worker',
    points: ['before_claim', 'after_claim', 'before_finish', 'in_finish', 'after_finish'],
    before: 'queued',
    walk: (scene) => (atRacePoint) => workOn(workerIn(scene, { atRacePoint }), scene.runId),
  },
  {
    name: 'a rescue',
    points: ['before_rescue', 'after_rescue'],
    before: 'silent',
    walk: () => async (atRacePoint) => {
      await sweep({ ...SWEEPING, db, atRacePoint })
    },
  },
]

/** What somebody may do in one go while a contender is held. */
const DEEDS: readonly (readonly [string, (scene: Scene) => Promise<unknown>])[] = [
  [
    'the connection is disabled',
    ({ tenant }) =>
      sql`update provider_connections set is_enabled = false where id = ${tenant.connectionId}`.execute(db),
  ],
  [
    'the operation is paused',
    ({ workspace }) =>
      sql`insert into operational_controls (operation, workspace_id, why, author_name)
        values (${SYNC}, ${workspace}, 'outage', 'Ada'), (${CHECK}, ${workspace}, 'outage', 'Ada')`.execute(
        db,
      ),
  ],
  [
    'the tenant is frozen',
    ({ tenant }) =>
      sql`insert into freeze_windows (tenant_id, why, author_name) values (${tenant.id}, 'audit', 'Ada')`.execute(
        db,
      ),
  ],
  [
    'the membership is removed',
    ({ operator }) => sql`delete from workspace_memberships where user_id = ${operator.userId}`.execute(db),
  ],
  [
    'the tenant is archived',
    ({ tenant }) =>
      sql`update tenants set state = 'archived', archived_at = now() where id = ${tenant.id}`.execute(db),
  ],
  ['the run is cancelled', ({ runId }) => db.transaction().execute((tx) => cancelRun(tx, runId, 'Ada'))],
  ['a start comes and goes', (scene) => starting('', SYNC).walk(scene)(async () => {})],
  ['a second worker comes and goes', (scene) => workOn(workerIn(scene), scene.runId)],
  [
    'the lease ends and a sweep comes and goes',
    async (scene) => {
      await fallSilent(scene)
      await sweep({ ...SWEEPING, db })
    },
  ],
]

const SWEEPING: Omit<Sweep, 'db'> = {
  requestTimeoutSeconds: 30,
  graceSeconds: 3600,
  report: (fault) => expect.fail(`${fault}`),
}

const workerIn = ({ carriedOut }: Scene, change: Parameters<typeof workerOf>[2] = {}) =>
  workerOf(
    world,
    async ({ run }) => {
      carriedOut.push(`run ${run.id}, token ${run.fencingToken}`)
      return SUCCEEDED
    },
    change,
  )

const fallSilent = ({ runId }: Scene) =>
  sql`update operation_runs set lease_until = now() - interval '1 hour', heartbeat_at = now() - interval '2 hours'
    where id = ${runId} and status = 'running'`.execute(db)

async function sceneFor(before: Contender['before']): Promise<Scene> {
  const workspace = await world.workspace()
  const operator = await world.person(workspace, 'operator')
  const tenant = await world.readyTenant(workspace)
  const scene = { workspace, operator, tenant, carriedOut: [], answers: [] }
  if (before === 'nothing') return { ...scene, runId: 0 }
  const answer = await world.start(operator, tenant, SYNC)
  const withRun = { ...scene, runId: answer.kind === 'decided' ? answer.outcome.run.id : 0 }
  if (before === 'silent') {
    const died = new Promise<never>(() => {})
    const taken = Promise.withResolvers<void>()
    void workOn(
      workerOf(world, () => {
        taken.resolve()
        return died
      }),
      withRun.runId,
    )
    await taken.promise
    await fallSilent(withRun)
  }
  return withRun
}

const NEEDS = ['nothing', 'queued', 'silent'] as const
const needOf = (...contenders: readonly Contender[]) =>
  NEEDS[Math.max(...contenders.map(({ before }) => NEEDS.indexOf(before)))] ?? 'nothing'

const runsOf = async ({ tenant }: Scene) =>
  (
    await sql<{ id: number; status: string; outcome: string | null; admitted: boolean }>`
      select id, status, outcome, admitted_at is not null as admitted from operation_runs
      where tenant_id = ${tenant.id} order by id`.execute(db)
  ).rows

/** Everything that was admitted is brought to its end by workers and sweeps, once each. */
async function settle(scene: Scene): Promise<void> {
  for (let turn = 0; turn < 5; turn++) {
    const active = (await runsOf(scene)).filter(({ status }) => status !== 'completed')
    if (active.length === 0) break
    expect(active).toHaveLength(1)
    for (const run of active) {
      await fallSilent({ ...scene, runId: run.id })
      await sweep({ ...SWEEPING, db })
      await workOn(workerIn(scene), run.id)
    }
  }
  const runs = await runsOf(scene)
  expect(runs.filter(({ status }) => status !== 'completed')).toEqual([])
  const admitted = new Set(runs.filter((run) => run.admitted).map(({ id }) => id))
  for (const answer of scene.answers)
    if (answer.kind === 'decided' && answer.outcome.kind !== 'blocked')
      expect(admitted).toContain(answer.outcome.run.id)
  expect(new Set(scene.carriedOut).size).toBe(scene.carriedOut.length)
}

/** Of two starts one was accepted, and the other was told of its run. */
function expectOneWinner({ answers }: Scene, loser: 'deduped' | 'scope_busy'): void {
  expect(answers.map(kindOf).sort()).toEqual(['accepted', loser])
  expect(new Set(answers.map((answer) => answer.kind === 'decided' && answer.outcome.run.id)).size).toBe(1)
}

const kindOf = (answer: StartAnswer) => (answer.kind === 'decided' ? answer.outcome.kind : answer.kind)

const PAIRS = CONTENDERS.flatMap((first) =>
  first.points.flatMap((point) => CONTENDERS.map((second) => [first, point, second] as const)),
)

/** Passed by those who advance a line; waiting-line.test.ts holds them open. */
const IN_LINE: readonly RacePoint[] = ['before_advance', 'after_advance']

test('the contenders pass every race point', () => {
  const passed = [...CONTENDERS.flatMap(({ points }) => points), ...IN_LINE]
  expect(new Set(passed)).toEqual(new Set(RACE_POINTS))
})

describe('while one is held, another walks to each of its points, and either goes on first', () => {
  test.each(PAIRS.map(([first, point, second]) => [first.name, point, second.name, first, second] as const))(
    '%s at %s, and %s',
    async (_first, point, _second, first, second) => {
      for (const secondPoint of [...second.points, null])
        for (const goesOn of ['first', 'second'] as const)
          await race({ contender: first, point }, { contender: second, point: secondPoint }, goesOn)
    },
  )
})

interface Stop {
  readonly contender: Contender
  readonly point: RacePoint | null
}

/** Holds the first, lets the second come as far as it may, and lets them go one after the other. */
async function race(first: Stop, second: Stop, goesOn: 'first' | 'second'): Promise<void> {
  const contenders = [first.contender, second.contender]
  const scene = await sceneFor(needOf(...contenders))
  const one = await holdAt(db, first.contender.walk(scene), first.point)
  if (second.contender.before === 'silent') await fallSilent(scene)
  const other = await holdAt(db, second.contender.walk(scene), second.point)
  const [sooner, later] = goesOn === 'first' ? [one, other] : [other, one]

  sooner.release()
  await endsOrWaits(
    db,
    sooner.over.then(() => 'over'),
  )
  later.release()
  await Promise.all([one.over, other.over])

  if (contenders.every(({ before }) => before === 'nothing'))
    expectOneWinner(scene, first.contender === second.contender ? 'deduped' : 'scope_busy')
  await settle(scene)
}

describe('while one is held, something happens in one go', () => {
  test.each(
    CONTENDERS.flatMap((contender) =>
      contender.points.map((point) => [contender.name, point, contender] as const),
    ),
  )('%s at %s', async (_name, point, contender) => {
    for (const [, deed] of DEEDS) {
      const scene = await sceneFor(contender.before)
      const held = await holdAt(db, contender.walk(scene), point)

      const done = deed(scene)
      await endsOrWaits(
        db,
        done.then(() => 'over'),
      )
      held.release()
      await Promise.all([held.over, done])

      await settle(scene)
    }
  })
})
