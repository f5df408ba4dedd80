import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { ENGINES } from '../../../tests/world/databases.ts'
import { SUCCEEDED, workerOf } from '../../../tests/world/workers.ts'
import { openWorld, type SeededTenant, type World } from '../../../tests/world/world.ts'
import type { PersonalActor } from '../../access/index.ts'
import type { Db } from '../../database/index.ts'
import { workOn } from '../../engine/worker/index.ts'
import { carryOutRetention } from './index.ts'

const SYNC = 'directory.role_definitions.sync'
const GROUPS = 'directory.groups.sync'
const RUNNING = new AbortController().signal

describe.each(ENGINES)('on %s', (engine) => {
  let world: World
  let db: Db
  let workspace: number
  let operator: PersonalActor
  let tenant: SeededTenant & { connectionId: number }
  beforeAll(async () => {
    world = await openWorld(engine)
    db = world.database.db
    workspace = await world.workspace()
    operator = await world.person(workspace, 'operator')
    tenant = await world.readyTenant(workspace)
  })
  afterAll(() => world.close())

  const started = async (operation: string) => {
    const answer = await world.start(operator, tenant, operation)
    if (answer.kind !== 'decided') throw new Error(answer.kind)
    return answer.outcome.run.id
  }
  const succeeded = async (operation: string) => {
    const runId = await started(operation)
    await workOn(
      workerOf(world, async () => SUCCEEDED),
      runId,
    )
    return runId
  }
  /** Everything there is becomes older by so many days, its records included. */
  const age = async (days: number) => {
    const by = sql`make_interval(days => ${days})`
    await sql`alter table audit_records disable trigger audit_is_append_only`.execute(db)
    await sql`alter table operation_runs disable trigger runs_completed_stays`.execute(db)
    await sql`update operation_runs set created_at = created_at - ${by}, admitted_at = admitted_at - ${by},
      started_at = started_at - ${by}, finished_at = finished_at - ${by}, last_tried_at = last_tried_at - ${by}`.execute(
      db,
    )
    await sql`update audit_records set at = at - ${by}`.execute(db)
    await sql`update notifications set created_at = created_at - ${by}`.execute(db)
    await sql`alter table operation_runs enable trigger runs_completed_stays`.execute(db)
    await sql`alter table audit_records enable trigger audit_is_append_only`.execute(db)
  }
  const runs = async () =>
    (await db.selectFrom('operation_runs').select('id').orderBy('id').execute()).map(({ id }) => id)
  const count = async (table: 'audit_records' | 'notifications') => {
    const { rows } = await sql<{ n: number }>`select count(*)::int as n from ${sql.table(table)}
      where ${table === 'audit_records' ? sql`action <> 'retention.carry_out'` : sql`true`}`.execute(db)
    return rows[0]?.n
  }

  test('what is old goes, what is active or still stood on stays, and nothing it tells is broken', async () => {
    const first = await succeeded(SYNC)
    const second = await succeeded(SYNC)
    const lastOfItsKind = await succeeded(GROUPS)
    expect([await count('notifications'), await count('audit_records')]).toEqual([3, 6])
    expect(await carryOutRetention(db, RUNNING)).toEqual([])

    await age(100)
    const atWork = await started(SYNC)
    await age(300)
    const young = await carryOutRetention(db, RUNNING)
    expect(young).toEqual([
      {
        workspaceId: workspace,
        counts: { operations: 1, audit: 0, notifications: 3, directory: 0, compliance: 0 },
      },
    ])
    expect(await runs()).toEqual([second, lastOfItsKind, atWork])
    expect(await count('audit_records')).toBe(7)

    await age(400)
    const old = await carryOutRetention(db, RUNNING)
    expect(old).toMatchObject([{ counts: { operations: 0, audit: 2 } }])
    const left = await db
      .selectFrom('audit_records')
      .select('run_id')
      .where('run_id', 'is not', null)
      .execute()
    expect(left.map(({ run_id }) => run_id)).not.toContain(first)
    expect(await runs()).toEqual([second, lastOfItsKind, atWork])
    expect(await carryOutRetention(db, RUNNING)).toEqual([])
    await workOn(
      workerOf(world, async () => SUCCEEDED),
      atWork,
    )
  })

  test('a start that was cancelled while it waited goes as late as an operation', async () => {
    await sql`insert into waiting_starts (workspace_id, tenant_id, person_name, operation, selection, scope_key,
        state, cancelled_by, asked_at, ended_at)
      select ${workspace}, id, days::text, ${SYNC}, '{}', scope_key, 'cancelled', 'Ada',
        now() - make_interval(days => days), now() - make_interval(days => days)
      from tenants, (values (300), (400)) as old (days) where id = ${tenant.id}`.execute(db)

    await carryOutRetention(db, RUNNING)

    const left = await db.selectFrom('waiting_starts').select('person_name').execute()
    expect(left).toEqual([{ person_name: '300' }])
  })

  test('the sync that told of a group that is shown stays', async () => {
    const first = await succeeded(GROUPS)
    const later = await succeeded(GROUPS)
    await sql`insert into directory_groups (tenant_id, group_id, display_name, kind, raw, full_sync, last_seen_run_id)
      select tenant_id, 'a', 'Sales', 'security', '{}', 1, id from operation_runs where id = ${first}`.execute(
      db,
    )
    await age(1000)
    await carryOutRetention(db, RUNNING)
    expect(await runs()).toEqual(expect.arrayContaining([first, later]))
    await sql`delete from directory_groups`.execute(db)
    await carryOutRetention(db, RUNNING)
    expect(await runs()).not.toContain(first)
  })

  test('what is gone from a directory goes in its time, and not from an archived tenant', async () => {
    const archived = await world.tenant(workspace)
    for (const { id } of [tenant, archived]) {
      await sql`insert into directory_groups (tenant_id, group_id, display_name, kind, raw, full_sync,
          last_seen_run_id, gone_since, gone_how)
        select ${id}, n::text, 'x', 'security', '{}', 1, 1,
          case when n > 0 then now() - make_interval(days => 40 * n) end, case when n > 0 then 'deleted' end
        from generate_series(0, 4) n`.execute(db)
      await sql`insert into directory_role_definitions (tenant_id, role_definition_id, display_name, is_built_in,
          is_enabled, raw, content_hash, last_seen_run_id, gone_since)
        select ${id}, n::text, 'x', false, true, '{}', 'x', 1,
          case when n > 0 then now() - make_interval(days => 40 * n) end from generate_series(0, 3) n`.execute(
        db,
      )
    }
    await world.archive(archived)
    const round = await carryOutRetention(db, RUNNING, { rows: 1, most: 10 })
    expect(round).toMatchObject([{ workspaceId: workspace, counts: { directory: 3 } }])
    const left = async ({ id }: SeededTenant) => [
      (await db.selectFrom('directory_groups').select('group_id').where('tenant_id', '=', id).execute())
        .length,
      (await db.selectFrom('directory_role_definitions').select('raw').where('tenant_id', '=', id).execute())
        .length,
    ]
    expect([await left(tenant), await left(archived)]).toEqual([
      [3, 3],
      [5, 4],
    ])
    expect(await carryOutRetention(db, RUNNING)).toEqual([])
    await db.deleteFrom('directory_groups').execute()
    await db.deleteFrom('directory_role_definitions').execute()
  })

  test('compliance snapshots and changes of states go in their time, all but the newest of a tenant', async () => {
    const archived = await world.tenant(workspace)
    const silentFor = await world.tenant(workspace)
    const observe = async (id: number, days: readonly number[]) => {
      await sql`insert into compliance_snapshots (tenant_id, observed_at, compliant, noncompliant, in_grace_period,
          unknown, error, conflict, config_manager, other, silent)
        select ${id}, now() - make_interval(days => days), 1, 0, 0, 0, 0, 0, 0, 0, 0
        from unnest(${days}::int[]) as days`.execute(db)
      await sql`insert into compliance_devices (tenant_id, device_id, display_name, system, compliance_state, raw)
        values (${id}, 'a', 'x', 'windows', 'compliant', '{}')`.execute(db)
      await sql`insert into compliance_changes (tenant_id, device_id, observed_at, state_before, state)
        select ${id}, 'a', now() - make_interval(days => days), 'error', 'compliant'
        from unnest(${days}::int[]) as days`.execute(db)
    }
    await observe(tenant.id, [1, 700, 740, 900])
    await observe(silentFor.id, [800, 900])
    await observe(archived.id, [1, 900])
    await world.archive(archived)

    const round = await carryOutRetention(db, RUNNING, { rows: 1, most: 10 })

    expect(round).toMatchObject([{ workspaceId: workspace, counts: { compliance: 7 } }])
    const left = async ({ id }: SeededTenant) => {
      const of = async (table: 'compliance_snapshots' | 'compliance_changes') =>
        (await db.selectFrom(table).select('tenant_id').where('tenant_id', '=', id).execute()).length
      return [await of('compliance_snapshots'), await of('compliance_changes')]
    }
    expect(await left(tenant)).toEqual([2, 2])
    expect(await left(silentFor)).toEqual([1, 0])
    expect(await left(archived)).toEqual([2, 2])
    expect(await carryOutRetention(db, RUNNING)).toEqual([])
    await db.deleteFrom('compliance_devices').execute()
    await db.deleteFrom('compliance_snapshots').execute()
  })

  test('a device that is gone goes in its time, with what became of it, and is counted no more', async () => {
    await sql`insert into compliance_devices (tenant_id, device_id, display_name, system, compliance_state, raw)
      select ${tenant.id}, n::text, 'x', 'windows', 'compliant', '{}' from generate_series(1, 4) n`.execute(
      db,
    )
    await sql`update compliance_devices set gone_since = now() - make_interval(days => 40 * device_id::int),
      gone_run_id = 1 where tenant_id = ${tenant.id} and device_id <> '1'`.execute(db)

    const round = await carryOutRetention(db, RUNNING, { rows: 1, most: 10 })

    expect(round).toMatchObject([{ workspaceId: workspace, counts: { directory: 2 } }])
    const ids = await db.selectFrom('compliance_devices').select('device_id').orderBy('device_id').execute()
    expect(ids.map(({ device_id }) => device_id)).toEqual(['1', '2'])
    const counts = await db
      .selectFrom('compliance_device_counts')
      .select(['shelf', 'devices'])
      .where('tenant_id', '=', tenant.id)
      .where('devices', '>', 0)
      .orderBy('shelf')
      .execute()
    expect(counts).toEqual([
      { shelf: 'compliant', devices: 1 },
      { shelf: 'gone', devices: 1 },
    ])
    await db.deleteFrom('compliance_devices').execute()
  })

  test('the last check of a connection stays', async () => {
    const check = await started('provider.connection.check')
    await workOn(
      workerOf(world, async ({ run }) => ({
        observed: { checked: { runId: run.id, reason: null } },
        ending: {
          outcome: 'failed',
          counts: {},
          failures: [],
          reason: { code: 'provider_unreachable' },
        },
      })),
      check,
    )
    await age(1000)
    await carryOutRetention(db, RUNNING)
    expect(await runs()).toContain(check)
  })

  test('removes in small steps, so many and no more, and stops when it is told to', async () => {
    for (let each = 0; each < 5; each++) await succeeded(GROUPS)
    await age(400)
    const before = (await runs()).length
    expect(await carryOutRetention(db, AbortSignal.abort())).toEqual([])
    const [round] = await carryOutRetention(db, RUNNING, { rows: 1, most: 2 })
    expect(round?.counts.operations).toBe(2)
    expect((await runs()).length).toBe(before - 2)
  })

  test('a stray delete fails, and so does one that says it is retention, for records not old enough', async () => {
    await db
      .insertInto('audit_records')
      .values({
        workspace_id: workspace,
        actor_kind: 'system',
        action: 'test',
        outcome: 'done',
        at: new Date(),
      })
      .execute()
    const removed = (days: number, announced: boolean) =>
      db.transaction().execute(async (tx) => {
        await sql`insert into audit_records (workspace_id, actor_kind, action, outcome, at)
          values (${workspace}, 'system', 'test', 'done', now() - make_interval(days => ${days}))`.execute(tx)
        if (announced) await sql`select set_config('tenantpilot.retention', 'on', true)`.execute(tx)
        const { rows } = await sql`delete from audit_records where action = 'test'
          and at < now() - make_interval(days => ${days - 1}) returning id`.execute(tx)
        return rows.length
      })
    await expect(removed(800, false)).rejects.toThrow(/only ever added/)
    await expect(removed(700, true)).rejects.toThrow(/only ever added/)
    expect(await removed(800, true)).toBe(1)
    await expect(db.deleteFrom('audit_records').where('action', '=', 'test').execute()).rejects.toThrow(
      /only ever added/,
    )
    for (const statement of ['update audit_records set outcome = $$x$$', 'truncate audit_records'])
      await expect(
        db.transaction().execute(async (tx) => {
          await sql`select set_config('tenantpilot.retention', 'on', true)`.execute(tx)
          await sql.raw(statement).execute(tx)
        }),
      ).rejects.toThrow(/only ever added/)
  })

  test('the records of an operation that is there stay with it, however old', async () => {
    const runId = await succeeded(SYNC)
    await age(2000)
    await expect(
      db.transaction().execute(async (tx) => {
        await sql`select set_config('tenantpilot.retention', 'on', true)`.execute(tx)
        await tx.deleteFrom('audit_records').where('run_id', '=', runId).execute()
      }),
    ).rejects.toThrow(/only ever added/)
  })
})
