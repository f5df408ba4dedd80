import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { ENGINES } from '../../../tests/world/databases.ts'
import { heldRunner, SUCCEEDED, workerOf } from '../../../tests/world/workers.ts'
import { openWorld, type SeededTenant, type World } from '../../../tests/world/world.ts'
import type { Db } from '../../database/index.ts'
import type { ConnectionId, TenantId } from '../../kernel/index.ts'
import { type WorkEnded, workOn } from '../worker/index.ts'
import { wakeWaitingOf, wakeWaitingWith } from './index.ts'

const SYNC = 'directory.groups.sync'
const IN_AN_HOUR: WorkEnded = {
  ending: {
    outcome: 'failed',
    counts: {},
    reason: { code: 'provider_throttled', until: null },
    failures: [],
  },
  waitsFor: { kind: 'throttle_window', seconds: 3000 },
}

type Ready = SeededTenant & { connectionId: number }

describe.each(ENGINES)('on %s', (engine) => {
  let world: World
  let db: Db
  beforeAll(async () => {
    world = await openWorld(engine)
    db = world.database.db
  })
  afterAll(() => world.close())

  const admitted = async () => {
    const workspace = await world.workspace()
    const operator = await world.person(workspace, 'operator')
    const tenant = await world.readyTenant(workspace)
    const answer = await world.start(operator, tenant, SYNC)
    return { tenant, runId: answer.kind === 'decided' ? answer.outcome.run.id : 0 }
  }
  const waiting = async () => {
    const { runId, tenant } = await admitted()
    await workOn(
      workerOf(world, async () => IN_AN_HOUR),
      runId,
    )
    await sql`delete from pgboss.job where start_after <= now()`.execute(db)
    return { runId, tenant }
  }
  const row = (id: number) =>
    db.selectFrom('operation_runs').selectAll().where('id', '=', id).executeTakeFirstOrThrow()
  const wakeUpsNow = async (runId: number) => {
    const { rows } = await sql`
      select from pgboss.job where (data ->> 'runId')::bigint = ${runId} and state = 'created'
        and start_after <= now()`.execute(db)
    return rows.length
  }
  const WAYS = [
    [
      'its tenant is archived',
      async (tenant: Ready, then?: () => Promise<void>) =>
        db.transaction().execute(async (tx) => {
          await sql`update tenants set state = 'archived', archived_at = now() where id = ${tenant.id}`.execute(
            tx,
          )
          await wakeWaitingOf(tx, tenant.id as TenantId)
          await then?.()
        }),
      'tenant_not_operable',
    ],
    [
      'its connection is switched off',
      async (tenant: Ready, then?: () => Promise<void>) =>
        db.transaction().execute(async (tx) => {
          await sql`update provider_connections set is_enabled = false where id = ${tenant.connectionId}`.execute(
            tx,
          )
          await wakeWaitingWith(tx, tenant.id as TenantId, tenant.connectionId as ConnectionId)
          await then?.()
        }),
      'provider_connection_disabled',
    ],
  ] as const

  test.each(WAYS)('a run that waits is woken at once when %s, and ends', async (_what, deed, code) => {
    const { runId, tenant } = await waiting()
    expect(await wakeUpsNow(runId)).toBe(0)

    await deed(tenant)

    expect(await wakeUpsNow(runId)).toBe(1)
    await workOn(
      workerOf(world, () => expect.fail('it was worked on')),
      runId,
    )
    expect(await row(runId)).toMatchObject({ outcome: 'blocked', reason: { code }, wake_at: null })
  })

  test.each(WAYS)('nothing is woken when %s in a transaction that is undone', async (_what, deed) => {
    const { runId, tenant } = await waiting()
    const before = await row(runId)

    await expect(
      deed(tenant, async () => {
        throw new Error('undone')
      }),
    ).rejects.toThrow('undone')

    expect(await wakeUpsNow(runId)).toBe(0)
    expect(await row(runId)).toEqual(before)
  })

  test.each(WAYS)('a run that was put aside after %s does not wait either', async (_what, deed, code) => {
    const { runId, tenant } = await admitted()
    const { begun, endWith, runner } = heldRunner()
    const work = workOn(workerOf(world, runner), runId)
    await begun
    await sql`delete from pgboss.job`.execute(db)

    await deed(tenant)
    endWith(IN_AN_HOUR)
    await work

    expect(await wakeUpsNow(runId)).toBe(1)
    await workOn(
      workerOf(world, () => expect.fail('it was worked on')),
      runId,
    )
    expect(await row(runId)).toMatchObject({ outcome: 'blocked', reason: { code } })
  })

  test('what waits in another tenant, with another connection or only for a worker is left alone', async () => {
    const other = await waiting()
    const queued = await admitted()
    const second = await world.connection(other.tenant, { label: 'Spare', isDefault: false })
    await sql`delete from pgboss.job where start_after <= now()`.execute(db)
    const before = [await row(other.runId), await row(queued.runId)]

    await wakeWaitingOf(db, queued.tenant.id as TenantId)
    await wakeWaitingWith(db, other.tenant.id as TenantId, second as ConnectionId)

    expect([await row(other.runId), await row(queued.runId)]).toEqual(before)
    expect([await wakeUpsNow(other.runId), await wakeUpsNow(queued.runId)]).toEqual([0, 0])
    await workOn(
      workerOf(world, async () => SUCCEEDED),
      queued.runId,
    )
  })
})

describe('while a run is being put aside', () => {
  let world: World
  let db: Db
  beforeAll(async () => {
    world = await openWorld('postgres')
    db = world.database.db
  })
  afterAll(() => world.close())

  test('whoever archives its tenant waits for it and then wakes it', async () => {
    const workspace = await world.workspace()
    const operator = await world.person(workspace, 'operator')
    const tenant = await world.readyTenant(workspace)
    const answer = await world.start(operator, tenant, SYNC)
    const runId = answer.kind === 'decided' ? answer.outcome.run.id : 0
    const locked = Promise.withResolvers<void>()
    const goOn = Promise.withResolvers<void>()
    const aside = db.transaction().execute(async (tx) => {
      await sql`update operation_runs set wake_at = now() + interval '50 minutes', waits_for = 'answer', waits = 1,
        held_up_since = now() where id = ${runId}`.execute(tx)
      locked.resolve()
      await goOn.promise
    })
    await locked.promise

    const archived = db.transaction().execute(async (tx) => {
      await sql`update tenants set state = 'archived', archived_at = now() where id = ${tenant.id}`.execute(
        tx,
      )
      await wakeWaitingOf(tx, tenant.id as TenantId)
    })
    await expect
      .poll(async () => {
        const { rows } = await sql`
          select from pg_stat_activity where wait_event_type = 'Lock' and datname = current_database()`.execute(
          db,
        )
        return rows.length
      })
      .toBe(1)
    goOn.resolve()
    await Promise.all([aside, archived])

    const { rows } = await sql<{ due: boolean }>`
      select wake_at <= now() as due from operation_runs where id = ${runId}`.execute(db)
    expect(rows).toEqual([{ due: true }])
    await workOn(
      workerOf(world, () => expect.fail('it was worked on')),
      runId,
    )
  })
})
