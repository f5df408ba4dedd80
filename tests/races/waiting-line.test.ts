import { sql } from 'kysely'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import type { PersonalActor } from '../../src/access/index.ts'
import type { Db } from '../../src/database/index.ts'
import type { OperationCode } from '../../src/engine/catalog/index.ts'
import { start } from '../../src/engine/gate/index.ts'
import { cancelRun, endRun } from '../../src/engine/runs/index.ts'
import {
  advance,
  advanceForgotten,
  cancelWaiting,
  startWhenFree,
  type WhenFreeAnswer,
} from '../../src/engine/waiting/index.ts'
import { workOn } from '../../src/engine/worker/index.ts'
import type { AtRacePoint, RacePoint } from '../../src/kernel/index.ts'
import { expectInvariants } from '../world/invariants.ts'
import { SUCCEEDED, workerOf } from '../world/workers.ts'
import { openWorld, type SeededTenant, startAsk, type World } from '../world/world.ts'
import { endsOrWaits, holdAt } from './held.ts'

const CHECK = 'provider.connection.check'
const ROLES = 'directory.role_definitions.sync'
const GROUPS = 'directory.groups.sync'

/** Where an advance can be held, or die. */
const POINTS: readonly RacePoint[] = [
  'before_advance',
  'after_facts',
  'before_commit',
  'after_commit',
  'after_advance',
]

let world: World
let db: Db
beforeAll(async () => {
  world = await openWorld('postgres')
  db = world.database.db
})
afterAll(() => world.close())
afterEach(() => expectInvariants(db))

interface Scene {
  readonly ada: PersonalActor
  readonly ben: PersonalActor
  readonly tenant: SeededTenant & { connectionId: number }
  readonly scope: string
  /** Ben's groups first, Ada's role definitions behind them. */
  readonly line: readonly [number, number]
}

const asks = (actor: PersonalActor, tenant: SeededTenant, operation: OperationCode) => ({
  ...startAsk(actor, tenant, operation),
  actor,
})

const waitingIn = (answer: WhenFreeAnswer) => (answer.kind === 'waits' ? answer.waitingStartId : 0)

async function held() {
  const workspace = await world.workspace()
  const ada = await world.person(workspace, 'operator', 'Ada')
  const ben = await world.person(workspace, 'operator', 'Ben')
  const tenant = await world.readyTenant(workspace)
  const answer = await world.start(ada, tenant, CHECK)
  return { ada, ben, tenant, holder: answer.kind === 'decided' ? answer.outcome.run.id : 0 }
}

/** A line of two whose directory has just become free; nobody has advanced it yet. */
async function sceneWithLine(): Promise<Scene> {
  const { holder, ...scene } = await held()
  const first = await startWhenFree(world.gate, asks(scene.ben, scene.tenant, GROUPS))
  const second = await startWhenFree(world.gate, asks(scene.ada, scene.tenant, ROLES))
  await db.transaction().execute((tx) => cancelRun(tx, holder, 'Ada'))
  const { rows } = await sql<{ scope: string }>`
    select scope_key as scope from tenants where id = ${scene.tenant.id}`.execute(db)
  return { ...scene, scope: rows[0]?.scope ?? '', line: [waitingIn(first), waitingIn(second)] }
}

const advancing =
  ({ scope }: Scene) =>
  (atRacePoint: AtRacePoint) =>
    advance({ ...world.gate, atRacePoint }, scope)

const standing = async (id: number) =>
  (
    await sql<{ state: string; runId: number | null; reason: string | null }>`
      select w.state, w.run_id as "runId", r.reason ->> 'code' as reason
      from waiting_starts w left join operation_runs r on r.id = w.run_id where w.id = ${id}`.execute(db)
  ).rows[0]

/** Which operations were admitted in a tenant after its first run, in their order. */
const admitted = async ({ tenant }: Scene) =>
  (
    await sql<{ id: number; operation: string; status: string }>`
      select id, operation, status from operation_runs
      where tenant_id = ${tenant.id} and admitted_at is not null and operation <> ${CHECK} order by id`.execute(
      db,
    )
  ).rows

/** Workers and advances come by until nothing moves any more. */
async function settle(scene: Scene): Promise<void> {
  for (let turn = 0; turn < 6; turn++) {
    for (const run of await admitted(scene))
      if (run.status !== 'completed')
        await workOn(
          workerOf(world, async () => SUCCEEDED),
          run.id,
        )
    const { rows } = await sql<{ scope: string }>`
      select scope_key as scope from tenants where id = ${scene.tenant.id}`.execute(db)
    await advance(world.gate, rows[0]?.scope ?? '')
  }
  const left = await sql`
    select id from waiting_starts where tenant_id = ${scene.tenant.id} and state = 'waiting'`.execute(db)
  expect(left.rows).toEqual([])
}

/** What may happen in one go while an advance is held, and what then has come of Ben's start. */
const DEEDS: readonly (readonly [
  what: string,
  deed: (scene: Scene) => Promise<unknown>,
  comesTo: readonly string[],
])[] = [
  ['another advance comes and goes', (scene) => advancing(scene)(async () => {}), ['started']],
  [
    'its person takes it out of the line',
    ({ ben, line }) => cancelWaiting(db, line[0], ben, 'c'),
    ['cancelled', 'started'],
  ],
  [
    'its person is removed',
    ({ ben }) => sql`delete from workspace_memberships where user_id = ${ben.userId}`.execute(db),
    ['refused authorization_lost', 'started', 'started authorization_lost'],
  ],
  [
    'its person may only look from now on',
    ({ ben }) =>
      sql`update workspace_memberships set role = 'readonly' where user_id = ${ben.userId}`.execute(db),
    ['refused authorization_lost', 'started', 'started authorization_lost'],
  ],
  [
    'the connection is disabled',
    ({ tenant }) =>
      sql`update provider_connections set is_enabled = false where id = ${tenant.connectionId}`.execute(db),
    ['refused provider_connection_disabled', 'started provider_connection_disabled', 'started'],
  ],
  [
    'the tenant is archived',
    ({ tenant }) =>
      sql`update tenants set state = 'archived', archived_at = now() where id = ${tenant.id}`.execute(db),
    ['refused tenant_not_operable', 'started tenant_not_operable', 'started'],
  ],
  [
    'somebody is faster with other work',
    ({ ada, tenant }) => start(world.gate, startAsk(ada, tenant, ROLES)),
    ['started'],
  ],
  [
    'somebody is faster with the same work',
    ({ ada, tenant }) => start(world.gate, startAsk(ada, tenant, GROUPS)),
    ['joined', 'started'],
  ],
]

describe.each(POINTS)('while an advance is held at %s', (point) => {
  test.each(DEEDS)('%s: nobody is lost, doubled or overtaken', async (_what, deed, comesTo) => {
    const scene = await sceneWithLine()
    const one = await holdAt(db, advancing(scene), point)
    expect(one.reached).toBe('point')

    const done = deed(scene)
    await endsOrWaits(
      db,
      done.then(() => 'over'),
    )
    one.release()
    await Promise.all([one.over, done])
    await settle(scene)

    const [first, second] = await Promise.all(scene.line.map(standing))
    expect(comesTo).toContain([first?.state, first?.reason].filter(Boolean).join(' '))
    expect(second?.state).toMatch(/started|joined|refused/)
    await expectInvariants(db)
  })

  test('its process dies there: the next sweep lets the line move on', async () => {
    const scene = await sceneWithLine()
    await sql`update pgboss.job set state = 'active', started_on = now() - interval '1 hour'
      where name = 'scope.advance' and data ->> 'scopeKey' = ${scene.scope}`.execute(db)
    await advancing(scene)(async (at) => {
      if (at === point) throw new Error('died')
    }).catch(() => {})

    await advanceForgotten(db, 60)
    const { rows } = await sql`
      select id from pgboss.job where name = 'scope.advance' and state = 'created'
        and data ->> 'scopeKey' = ${scene.scope}`.execute(db)
    const isTaken = (await admitted(scene)).length > 0
    expect(rows).toHaveLength(isTaken ? 0 : 1)
    await settle(scene)

    expect((await admitted(scene)).map(({ operation }) => operation)).toEqual([GROUPS, ROLES])
    expect(await Promise.all(scene.line.map(standing))).toMatchObject([
      { state: 'started' },
      { state: 'started' },
    ])
  })
})

test('of many advances at once one starts who is next, and nobody overtakes', async () => {
  for (let round = 0; round < 5; round++) {
    const scene = await sceneWithLine()

    await Promise.all(Array.from({ length: 8 }, () => advance(world.gate, scene.scope)))

    expect((await admitted(scene)).map(({ operation }) => operation)).toEqual([GROUPS])
    await settle(scene)
    expect((await admitted(scene)).map(({ operation }) => operation)).toEqual([GROUPS, ROLES])
  }
})

test('who could have joined the same work does not overtake when that ends just then', async () => {
  const scene = await sceneWithLine()
  const faster = await world.start(scene.ben, scene.tenant, ROLES)
  const one = await holdAt(db, advancing(scene), 'before_advance')

  const runId = faster.kind === 'decided' ? faster.outcome.run.id : 0
  await db.transaction().execute((tx) => cancelRun(tx, runId, 'Ben'))
  one.release()
  await one.over

  expect((await admitted(scene)).map(({ operation }) => operation)).toEqual([ROLES, GROUPS])
  expect(await standing(scene.line[1])).toMatchObject({ state: 'waiting' })
  await settle(scene)
})

describe('between getting in line and the end of the run in the way', () => {
  /** A transaction that is held open until it is told to commit. */
  async function heldOpen(work: (tx: Db) => Promise<unknown>) {
    const end = Promise.withResolvers<void>()
    const begun = Promise.withResolvers<void>()
    const over = db.transaction().execute(async (tx) => {
      await work(tx)
      begun.resolve()
      await end.promise
    })
    await begun.promise
    return { over, commit: end.resolve }
  }
  const ends = (tx: Db, runId: number) =>
    endRun(
      tx,
      runId,
      { status: 'queued' },
      { outcome: 'cancelled', reason: { code: 'run_cancelled', by: 'Ada' } },
    )

  test('who asks while it ends is tried at once', async () => {
    const { ben, holder, tenant } = await held()
    const ending = await heldOpen((tx) => ends(tx, holder))

    const asked = startWhenFree(world.gate, asks(ben, tenant, GROUPS))
    expect(await endsOrWaits(db, asked)).toBe('lock')
    ending.commit()

    expect(await asked).toMatchObject({ kind: 'decided', outcome: { kind: 'accepted' } })
    await ending.over
  })

  test('it ends while somebody gets in line: its end sees them, and sends the word', async () => {
    const { ben, holder, tenant } = await held()
    const asking = await heldOpen((tx) => startWhenFree({ ...world.gate, db: tx }, asks(ben, tenant, GROUPS)))

    const ending = ends(db, holder)
    expect(await endsOrWaits(db, ending)).toBe('lock')
    asking.commit()
    await Promise.all([asking.over, ending])

    const { rows } = await sql`
      select id from pgboss.job where name = 'scope.advance' and state = 'created'
        and data ->> 'scopeKey' like ${`%${tenant.directoryId}%`}`.execute(db)
    expect(rows).toHaveLength(1)
  })

  test('who asks at the same moment stands in line in the order of their numbers, once for each work', async () => {
    const { ada, ben, tenant } = await held()

    const answers = await Promise.all(
      [ada, ben, ada, ben].flatMap((actor) =>
        [GROUPS, ROLES].map((operation) =>
          startWhenFree(world.gate, asks(actor, tenant, operation as OperationCode)),
        ),
      ),
    )

    expect(answers.map(({ kind }) => kind)).toEqual(Array(8).fill('waits'))
    expect(new Set(answers.map(waitingIn)).size).toBe(2)
  })
})
