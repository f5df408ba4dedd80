import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { PersonalActor } from '../../src/access/index.ts'
import type { StartAsk } from '../../src/engine/gate/index.ts'
import { openWorld, type SeededTenant, startAsk, type World } from '../world/world.ts'
import { type Answered, runsNamed, startFromProcesses, tallyOf } from './starters.ts'

const SYNC = 'directory.role_definitions.sync'
const CHECK = 'provider.connection.check'

async function leftBehind({ database: { db } }: World, tenant: SeededTenant) {
  const { rows } = await sql`
    select
      (select count(*) from operation_runs where tenant_id = ${tenant.id}) as runs,
      (select count(*) from pgboss.job j join operation_runs r on r.id = (j.data ->> 'runId')::bigint
        where r.tenant_id = ${tenant.id}) as jobs,
      (select count(*) from audit_records where tenant_id = ${tenant.id} and action = 'operation.start') as audited`.execute(
    db,
  )
  return rows[0]
}

const times = (count: number, ask: (number: number) => StartAsk) =>
  Array.from({ length: count }, (_, number) => ask(number))

describe('from four processes on one PostgreSQL', () => {
  let world: World
  let url: string
  let operator: PersonalActor
  let workspace: number
  beforeAll(async () => {
    world = await openWorld('postgres')
    const { native } = world.database
    url = native.kind === 'postgres' ? native.url : ''
    workspace = await world.workspace()
    operator = await world.person(workspace, 'operator')
  })
  afterAll(() => world.close())

  test('a thousand identical starts make one run; every other one joins it', async () => {
    const tenant = await world.readyTenant(workspace)

    const answers = await startFromProcesses(
      4,
      url,
      times(1000, () => startAsk(operator, tenant, SYNC)),
    )

    expect(tallyOf(answers)).toEqual({ accepted: 1, deduped: 999 })
    expect(runsNamed(answers)).toHaveLength(1)
    expect(await leftBehind(world, tenant)).toEqual({ runs: 1, jobs: 1, audited: 1000 })
  })

  test('two kinds of work over two connections to one directory never run together', async () => {
    const tenant = await world.tenant(workspace)
    const connections = [
      await world.connection(tenant, { isDefault: false }),
      await world.connection(tenant, { isDefault: false, label: 'Second app' }),
    ]
    const over = (number: number) => ({
      ok: true as const,
      input: { connectionId: connections[number % 2] ?? 0, selection: {}, sourceSurface: null },
    })

    const answers = await startFromProcesses(
      4,
      url,
      times(1000, (number) =>
        startAsk(operator, tenant, number % 3 === 0 ? CHECK : SYNC, { parsed: over(number) }),
      ),
    )

    const { accepted, deduped = 0, scope_busy: busy = 0, ...others } = tallyOf(answers)
    expect(others).toEqual({})
    expect({ accepted, joined: deduped + busy }).toEqual({ accepted: 1, joined: 999 })
    expect(busy).toBeGreaterThan(0)
    expect(runsNamed(answers)).toHaveLength(1)
    expect(await leftBehind(world, tenant)).toEqual({ runs: 1, jobs: 1, audited: 1000 })
  })

  test('five hundred identical blocked starts are one record with five hundred tries', async () => {
    const tenant = await world.tenant(workspace)

    const answers = await startFromProcesses(
      4,
      url,
      times(500, () => startAsk(operator, tenant, SYNC)),
    )

    expect(tallyOf(answers)).toEqual({ blocked: 500 })
    expect(await leftBehind(world, tenant)).toEqual({ runs: 1, jobs: 0, audited: 500 })
    const { tries } = await world.database.db
      .selectFrom('operation_runs')
      .select('tries')
      .where('tenant_id', '=', tenant.id)
      .executeTakeFirstOrThrow()
    expect(tries).toBe(500)
  })
})

describe('in one process on the embedded database', () => {
  let world: World
  beforeAll(async () => {
    world = await openWorld('embedded')
  })
  afterAll(() => world.close())

  test('a hundred identical starts make one run; every other one joins it', async () => {
    const workspace = await world.workspace()
    const operator = await world.person(workspace, 'operator')
    const tenant = await world.readyTenant(workspace)

    const answers = await Promise.all(
      times(100, () => startAsk(operator, tenant, SYNC)).map(async (ask): Promise<Answered> => {
        const answer = await world.start(operator, tenant, SYNC, ask)
        if (answer.kind !== 'decided') return { said: answer.kind, runId: null }
        return { said: answer.outcome.kind, runId: answer.outcome.run.id }
      }),
    )

    expect(tallyOf(answers)).toEqual({ accepted: 1, deduped: 99 })
    expect(runsNamed(answers)).toHaveLength(1)
    expect(await leftBehind(world, tenant)).toEqual({ runs: 1, jobs: 1, audited: 100 })
  })
})
