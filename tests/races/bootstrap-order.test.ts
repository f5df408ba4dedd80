import { sql } from 'kysely'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import type { Db } from '../../src/database/index.ts'
import type { OperationCode } from '../../src/engine/catalog/index.ts'
import { start } from '../../src/engine/gate/index.ts'
import { advanceForgotten, leaveBootstrap } from '../../src/engine/waiting/index.ts'
import { cancelSession } from '../../src/features/onboarding/end-session.ts'
import type { AtRacePoint, RacePoint } from '../../src/kernel/index.ts'
import { bootstrapScene, GROUPS, INVENTORY, ROLES } from '../world/bootstrap-scene.ts'
import { expectInvariants } from '../world/invariants.ts'
import { openWorld, startAsk, type World } from '../world/world.ts'
import { endsOrWaits, holdAt } from './held.ts'

/** Every point between the end of one run and the admission of the next. */
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

type Scene = Awaited<ReturnType<typeof bootstrapScene>>

/** The first of three steps has just ended well; nobody has let the next one in yet. */
async function betweenTwoSteps(): Promise<Scene> {
  const scene = await bootstrapScene(world)
  await scene.ask(scene.ada, [ROLES, GROUPS, INVENTORY])
  await scene.finish((await scene.atWork())?.id)
  return scene
}

const advancing = (scene: Scene) => (atRacePoint: AtRacePoint) =>
  scene.advance({ ...world.gate, atRacePoint })

const leave = ({ ben, sessionId }: Scene, how: 'skip' | 'drop', operation: OperationCode) =>
  db.transaction().execute((tx) => leaveBootstrap(tx, sessionId, ben, { how, operations: [operation] }))

/** Workers, advances and sweeps come by until nothing moves any more. */
async function settle(scene: Scene): Promise<void> {
  for (let turn = 0; turn < 6; turn++) {
    await scene.finish((await scene.atWork())?.id)
    await advanceForgotten(db, 0)
    await scene.advance()
  }
  expect(await scene.atWork()).toBeUndefined()
}

/** How often each operation was admitted in the tenant. */
const admissions = async ({ tenant }: Scene) =>
  (
    await sql<{ operation: string; times: number }>`
      select operation, count(*)::int as times from operation_runs
      where tenant_id = ${tenant.id} and admitted_at is not null group by operation order by operation`.execute(
      db,
    )
  ).rows

const ALL = [`${ROLES} finished`, `${GROUPS} finished`, `${INVENTORY} finished`]
const FIRST_AND_LAST = [`${ROLES} finished`, `${INVENTORY} finished`]

/** What may happen in one go meanwhile, and what the bootstrap then comes to. */
const DEEDS: readonly (readonly [
  string,
  (scene: Scene) => Promise<unknown>,
  readonly (readonly string[])[],
])[] = [
  ['another advance comes and goes', (scene) => scene.advance(), [ALL]],
  ['somebody asks for the same again', (scene) => scene.ask(scene.ben, [ROLES, GROUPS, INVENTORY]), [ALL]],
  [
    'somebody skips the next step',
    (scene) => leave(scene, 'skip', GROUPS),
    [ALL, [`${ROLES} finished`, `${GROUPS} skipped`, `${INVENTORY} finished`]],
  ],
  ['somebody drops the next step', (scene) => leave(scene, 'drop', GROUPS), [ALL, FIRST_AND_LAST]],
  [
    'somebody cancels the session',
    ({ ben, sessionId }) =>
      cancelSession(db, sessionId, { actor: ben, correlationId: 'c', expectedVersion: null }),
    [[`${ROLES} finished`], [`${ROLES} finished`, `${GROUPS} finished`]],
  ],
  [
    'somebody starts the same work by hand',
    ({ ben, tenant }) => start(world.gate, startAsk(ben, tenant, GROUPS)),
    [ALL],
  ],
]

describe.each(POINTS)('while the next step is being let in, held at %s', (point) => {
  test.each(DEEDS)('%s: nothing is lost or run twice', async (_what, deed, comesTo) => {
    const scene = await betweenTwoSteps()
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

    expect(comesTo).toContainEqual(await scene.steps())
    for (const { operation, times } of await admissions(scene))
      expect([operation, times]).toEqual([operation, 1])
  })

  test('the process dies there: the sweep goes on, and every step runs once', async () => {
    const scene = await betweenTwoSteps()
    const dies: AtRacePoint = async (at) => {
      if (at === point) throw new Error('The process died')
    }
    await expect(advancing(scene)(dies)).rejects.toThrow('The process died')

    await settle(scene)

    expect(await scene.steps()).toEqual(ALL)
    expect(await admissions(scene)).toEqual(
      [GROUPS, ROLES, INVENTORY].sort().map((operation) => ({ operation, times: 1 })),
    )
  })
})

describe.each(['after_facts', 'before_commit', 'after_commit'] as const)(
  'a bootstrap that dies at %s',
  (point) => {
    test('has started wholly or not at all; asked for again, every step runs once', async () => {
      const scene = await bootstrapScene(world)
      let passed = 0
      const gate = {
        ...world.gate,
        atRacePoint: async (at: RacePoint) => {
          if (at === point && ++passed === (point === 'after_facts' ? 2 : 1))
            throw new Error('The process died')
        },
      }
      await expect(scene.ask(scene.ada, [ROLES, GROUPS], { gate })).rejects.toThrow('The process died')
      expect([await scene.steps(), await scene.atWork()]).toEqual([[], undefined])

      await scene.ask(scene.ada, [ROLES, GROUPS])
      await settle(scene)
      expect(await scene.steps()).toEqual([`${ROLES} finished`, `${GROUPS} finished`])
      for (const { times } of await admissions(scene)) expect(times).toBe(1)
    })
  },
)

test('two people who start the same bootstrap at once share one order and one run', async () => {
  const scene = await bootstrapScene(world)
  const answers = await Promise.all([
    scene.ask(scene.ada, [ROLES, GROUPS]),
    scene.ask(scene.ben, [GROUPS, INVENTORY]),
    scene.ask(scene.ada, [ROLES, GROUPS]),
  ])
  expect(answers.map(({ kind }) => kind)).toEqual(['decided', 'decided', 'decided'])
  await settle(scene)
  expect(await scene.steps()).toEqual(ALL)
  for (const { times } of await admissions(scene)) expect(times).toBe(1)
})
