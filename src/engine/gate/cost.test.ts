import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { SUCCEEDED, workerOf } from '../../../tests/world/workers.ts'
import { openWorld, startAsk, type World } from '../../../tests/world/world.ts'
import type { Db } from '../../database/index.ts'
import { workOn } from '../worker/index.ts'
import { explain, forecast } from './index.ts'

const SYNC = 'directory.role_definitions.sync'
const UNDER_WAY = 200

let world: World
let db: Db
beforeAll(async () => {
  world = await openWorld('postgres')
  db = world.database.db
})
afterAll(() => world.abandon())

/** How many rows and index entries of the runs' table a deed made the database read. */
async function readsOf(deed: () => Promise<unknown>): Promise<number> {
  const total = async () => {
    const { rows } = await sql<{ reads: number }>`
      select (s.seq_tup_read + (select sum(i.idx_tup_read) from pg_stat_user_indexes i where i.relid = s.relid))::int as reads
      from pg_stat_user_tables s, pg_stat_force_next_flush(), pg_stat_clear_snapshot() where s.relname = 'operation_runs'`.execute(
      db,
    )
    return rows[0]?.reads ?? Number.NaN
  }
  const settled = async () => {
    let last = await total()
    for (;;) {
      await new Promise((resolve) => setTimeout(resolve, 1_100)) // idle sessions tell their numbers once a second
      const now = await total()
      if (now === last) return now
      last = now
    }
  }
  const before = await settled()
  await deed()
  return (await settled()) - before
}

test('what a start costs does not grow with what is under way elsewhere', async () => {
  const workspace = await world.workspace()
  const operator = await world.person(workspace, 'operator')
  const run = async (tenant: Awaited<ReturnType<World['readyTenant']>>) => {
    const answer = await world.start(operator, tenant, SYNC)
    return answer.kind === 'decided' ? answer.outcome.run.id : 0
  }
  const lived = await world.readyTenant(workspace)
  await sql`
    insert into operation_runs (workspace_id, tenant_id, operation, status, outcome, directory_id, scope_key, identity,
      provider_connection_id, admitted_at, finished_at)
    select t.workspace_id, t.id, ${SYNC}, 'completed', 'succeeded', t.directory_id, t.scope_key, 'past',
      ${lived.connectionId}, now(), now()
    from tenants t, generate_series(1, 5000) where t.id = ${lived.id}`.execute(db)
  await sql`vacuum analyze`.execute(db) // as an installation that has lived: next to nothing is under way
  const elsewhere = await world.workspace('Another MSP')
  const other = await world.person(elsewhere, 'operator')
  for (let busy = 0; busy < UNDER_WAY; busy++)
    await world.start(other, await world.readyTenant(elsewhere), SYNC)
  const tenant = await world.readyTenant(workspace)

  const reads = await readsOf(async () => {
    const runId = await run(tenant)
    await run(tenant)
    await world.start(operator, tenant, 'provider.connection.check')
    await explain(world.gate, startAsk(operator, tenant, SYNC))
    await forecast(world.gate, operator, workspace, tenant.id)
    await workOn(
      workerOf(world, async ({ progress }) => {
        await progress(1, 2)
        return SUCCEEDED
      }),
      runId,
    )
  })

  expect(reads).toBeLessThan(UNDER_WAY / 2)
})
