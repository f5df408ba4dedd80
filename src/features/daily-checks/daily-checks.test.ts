import { sql } from 'kysely'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { ENGINES } from '../../../tests/world/databases.ts'
import { SUCCEEDED, workerOf } from '../../../tests/world/workers.ts'
import { openWorld, type World } from '../../../tests/world/world.ts'
import { workOn } from '../../engine/worker/index.ts'
import { tenantsDue } from './due-checks.sql.ts'
import { startDueChecks } from './start-due-checks.ts'

describe.each(ENGINES)('on %s', (engine) => {
  let world: World
  let workspace: number
  beforeAll(async () => {
    world = await openWorld(engine)
  })
  afterAll(() => world?.close())
  beforeEach(async () => {
    const { db } = world.database
    await sql`update tenants set state = 'archived', archived_at = now() where state <> 'archived'`.execute(
      db,
    )
    workspace = await world.workspace()
  })

  /** A ready tenant that has been there for two days. */
  async function oldTenant() {
    const tenant = await world.readyTenant(workspace)
    await sql`update tenants set created_at = now() - interval '2 days' where id = ${tenant.id}`.execute(
      world.database.db,
    )
    return tenant
  }
  const checksOf = (tenantId: number) =>
    world.database.db
      .selectFrom('operation_runs')
      .selectAll()
      .where('tenant_id', '=', tenantId)
      .orderBy('id')
      .execute()

  test('System checks a ready tenant once, through the gate, and nobody is notified', async () => {
    const tenant = await oldTenant()
    expect(await startDueChecks(world.gate)).toBe(1)
    const [run] = await checksOf(tenant.id)
    expect(run).toMatchObject({
      operation: 'provider.connection.check',
      status: 'queued',
      initiator_id: null,
      initiator_name: null,
      provider_connection_id: tenant.connectionId,
    })
    await workOn(
      workerOf(world, async () => SUCCEEDED),
      run?.id ?? 0,
    )
    expect(await startDueChecks(world.gate)).toBe(0)
    const { db } = world.database
    expect((await checksOf(tenant.id)).map(({ outcome }) => outcome)).toEqual(['succeeded'])
    expect(
      await db
        .selectFrom('notifications')
        .selectAll()
        .where('run_id', '=', run?.id ?? 0)
        .execute(),
    ).toEqual([])
    const audited = await db
      .selectFrom('audit_records')
      .select(['actor_kind', 'actor_id', 'outcome'])
      .where('run_id', '=', run?.id ?? 0)
      .where('action', '=', 'operation.start')
      .execute()
    expect(audited).toEqual([{ actor_kind: 'system', actor_id: null, outcome: 'accepted' }])
  })

  test('a day later it is due again', async () => {
    const tenant = await oldTenant()
    await startDueChecks(world.gate)
    const [run] = await checksOf(tenant.id)
    await workOn(
      workerOf(world, async () => SUCCEEDED),
      run?.id ?? 0,
    )
    await sql`update operation_runs set created_at = created_at - interval '1 day' where id = ${run?.id}`.execute(
      world.database.db,
    )
    expect(await tenantsDue(world.database.db, 20)).toEqual([tenant.id])
  })

  test('several processes start it once', async () => {
    const tenant = await oldTenant()
    const answers = await Promise.all(Array.from({ length: 5 }, () => startDueChecks(world.gate)))
    expect(answers.reduce((sum, accepted) => sum + accepted)).toBe(1)
    expect(await checksOf(tenant.id)).toHaveLength(1)
  })

  test.each([
    ['is new today', (id: number) => sql`update tenants set created_at = now() where id = ${id}`],
    [
      'has no default',
      (id: number) => sql`update provider_connections set is_default = false where tenant_id = ${id}`,
    ],
    [
      'has it disabled',
      (id: number) => sql`update provider_connections set is_enabled = false where tenant_id = ${id}`,
    ],
    [
      'has not consented',
      (id: number) =>
        sql`update provider_connections set consent_status = 'required' where tenant_id = ${id}`,
    ],
    [
      'has an expired credential',
      (id: number) =>
        sql`update credentials set expires_at = now() - interval '1 minute'
          where connection_id in (select id from provider_connections where tenant_id = ${id})`,
    ],
    [
      'has a refused credential',
      (id: number) =>
        sql`update credentials set rejected_at = now()
          where connection_id in (select id from provider_connections where tenant_id = ${id})`,
    ],
  ])('a tenant that %s is left alone', async (_, change) => {
    const { id } = await oldTenant()
    await change(id).execute(world.database.db)
    expect(await tenantsDue(world.database.db, 20)).toEqual([])
  })

  test('a tenant in which somebody works is left alone until they are done', async () => {
    const tenant = await oldTenant()
    const person = await world.person(workspace, 'operator')
    await world.start(person, tenant, 'directory.role_definitions.sync')
    expect(await tenantsDue(world.database.db, 20)).toEqual([])
  })

  test('a frozen tenant is told so once, not every minute', async () => {
    const tenant = await oldTenant()
    await sql`insert into freeze_windows (tenant_id, why, author_name) values (${tenant.id}, 'Audit week', 'Ada')`.execute(
      world.database.db,
    )
    expect(await startDueChecks(world.gate)).toBe(0)
    expect(await startDueChecks(world.gate)).toBe(0)
    expect(await checksOf(tenant.id)).toMatchObject([{ outcome: 'blocked', tries: 1 }])
  })
})

test('the checks are spread over the day', async () => {
  const world = await openWorld('embedded')
  const { rows } = await sql<{ hours: number; most: number }>`
    select count(*)::int as hours, max(n)::int as most from (
      select (('x' || left(md5(t.id::text), 7))::bit(28)::int % 1440) / 60 as hour, count(*) as n
      from generate_series(1, 2400) t (id) group by 1) spread`.execute(world.database.db)
  expect(rows[0]?.hours).toBe(24)
  expect(rows[0]?.most).toBeLessThan(150)
  await world.close()
})
