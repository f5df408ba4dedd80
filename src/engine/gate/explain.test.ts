import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { ENGINES } from '../../../tests/world/databases.ts'
import { openWorld, type SeededTenant, startAsk, type World } from '../../../tests/world/world.ts'
import type { PersonalActor } from '../../access/index.ts'
import { OPERATION_CODES } from '../catalog/index.ts'
import { explain, forecast, start } from './index.ts'

const SYNC = 'directory.role_definitions.sync'
const CHECK = 'provider.connection.check'

interface Scene {
  readonly world: World
  readonly operator: PersonalActor
  readonly workspace: number
}

/** Situations of a tenant in which every operation is foretold, and then started. */
const SITUATIONS: readonly (readonly [string, (scene: Scene) => Promise<SeededTenant>])[] = [
  ['ready', ({ world, workspace }) => world.readyTenant(workspace)],
  ['without a connection', ({ world, workspace }) => world.tenant(workspace)],
  [
    'busy',
    async ({ operator, world, workspace }) => {
      const tenant = await world.readyTenant(workspace)
      await world.start(operator, tenant, SYNC)
      return tenant
    },
  ],
  ['archived', ({ world, workspace }) => world.tenant(workspace, { state: 'archived' })],
  [
    'short of a permission',
    async ({ world, workspace }) => {
      const tenant = await world.tenant(workspace)
      await world.connection(tenant, { granted: ['Organization.Read.All'] })
      return tenant
    },
  ],
  [
    'frozen',
    async ({ world, workspace }) => {
      const tenant = await world.readyTenant(workspace)
      await world.database.db
        .insertInto('freeze_windows')
        .values({ tenant_id: tenant.id, why: 'audit week', author_name: 'Ada' })
        .execute()
      return tenant
    },
  ],
  [
    'paused for one operation',
    async ({ world, workspace }) => {
      await world.database.db
        .insertInto('operational_controls')
        .values({ operation: SYNC, workspace_id: workspace, why: 'outage', author_name: 'Ada' })
        .execute()
      return world.readyTenant(workspace)
    },
  ],
]

describe.each(ENGINES)('on %s', (engine) => {
  let world: World
  beforeAll(async () => {
    world = await openWorld(engine)
  })
  afterAll(() => world.close())
  const sceneOf = async (): Promise<Scene> => {
    const workspace = await world.workspace()
    return { world, workspace, operator: await world.person(workspace, 'owner') }
  }
  const written = async () => {
    const { rows } = await sql`
      select (select count(*) from operation_runs) as runs, (select count(*) from audit_records) as records,
        (select count(*) from idempotency_keys) as keys`.execute(world.database.db)
    return rows[0]
  }

  test.each(SITUATIONS)(
    'a tenant that is %s: what is foretold is what comes of it',
    async (_how, arrange) => {
      const scene = await sceneOf()
      const tenant = await arrange(scene)
      for (const operation of OPERATION_CODES) {
        const ask = startAsk(scene.operator, tenant, operation)
        const before = await written()

        const told = await explain(world.gate, ask)
        const [foretold] = await forecast(world.gate, scene.operator, scene.workspace, tenant.id)

        expect(await written()).toEqual(before)
        const came = await world.database.db
          .transaction()
          .execute(async (db) => {
            const answer = await start({ ...world.gate, db }, ask)
            throw Object.assign(new Error('in vain'), { answer })
          })
          .catch((thrown: Error & { answer?: Awaited<ReturnType<typeof start>> }) => {
            if (!thrown.answer) throw thrown
            return thrown.answer
          })
        if (told.kind !== 'explained') {
          expect(came).toEqual(told)
          continue
        }
        if (came.kind !== 'decided') throw new Error(came.kind)
        const { run, at: _at, ...outcome } = came.outcome
        const { at: _then, ...draft } = told.draft
        expect(draft).toEqual(outcome)
        expect(told.holder?.runId ?? null).toBe(holds(came.outcome.kind) ? run.id : null)
        expect(foretold?.verdicts.get(operation)?.kind).toBe(came.outcome.kind)
      }
    },
  )

  const holds = (kind: string) => kind === 'deduped' || kind === 'scope_busy'

  test('whoever may not start it is told so, and a key is of no account', async () => {
    const { workspace } = await sceneOf()
    const reader = await world.person(workspace, 'readonly')
    const tenant = await world.readyTenant(workspace)

    expect(await explain(world.gate, startAsk(reader, tenant, SYNC))).toEqual({ kind: 'forbidden' })
    const operator = await world.person(workspace, 'operator')
    const idempotency = { key: 'once', requestHash: 'a' }
    await world.start(operator, tenant, CHECK, { idempotency })
    expect(await explain(world.gate, startAsk(operator, tenant, CHECK, { idempotency }))).toMatchObject({
      draft: { kind: 'deduped' },
    })
  })

  test('the tenants of a workspace are foretold together, as far as somebody sees them', async () => {
    const { operator, workspace } = await sceneOf()
    const tenants = [await world.readyTenant(workspace), await world.tenant(workspace)]
    const outsider = await world.person(await world.workspace(), 'owner')

    const all = await forecast(world.gate, operator, workspace)

    expect(new Map(all.map(({ ground, verdicts }) => [ground.tenant.id, verdicts.get(CHECK)?.kind]))).toEqual(
      new Map([
        [tenants[0]?.id, 'accepted'],
        [tenants[1]?.id, 'blocked'],
      ]),
    )
    expect(await forecast(world.gate, outsider, workspace)).toEqual([])
  })
})
