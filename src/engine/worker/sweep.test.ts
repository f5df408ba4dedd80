import { sql } from 'kysely'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { ENGINES } from '../../../tests/world/databases.ts'
import { SUCCEEDED, workerOf } from '../../../tests/world/workers.ts'
import { EVERY_READ, openWorld, startAsk, type World } from '../../../tests/world/world.ts'
import type { Db } from '../../database/index.ts'
import { definitionOf } from '../catalog/index.ts'
import { start } from '../gate/index.ts'
import { cancelRun } from '../runs/index.ts'
import { sweep, workOn } from './index.ts'
import { requeue, silentRuns } from './sweep.sql.ts'

const SYNC = 'directory.role_definitions.sync'
const ATTEMPTS = 3
const GRACE = 60
const REQUEST_TIMEOUT = 30

describe.each(ENGINES)('on %s', (engine) => {
  let world: World
  let db: Db
  let faults: unknown[]
  beforeAll(async () => {
    world = await openWorld(engine)
    db = world.database.db
  })
  afterAll(() => world.abandon())
  beforeEach(async () => {
    faults = []
    await db.deleteFrom('operation_runs').execute()
    await sql`delete from pgboss.job`.execute(db)
  })

  const sweepNow = () =>
    sweep({
      db,
      graceSeconds: GRACE,
      requestTimeoutSeconds: REQUEST_TIMEOUT,
      report: (fault) => faults.push(fault),
    })
  const admitted = async () => {
    const workspace = await world.workspace()
    const operator = await world.person(workspace, 'operator')
    const tenant = await world.readyTenant(workspace)
    const answer = await world.start(operator, tenant, SYNC)
    if (answer.kind !== 'decided') throw new Error(answer.kind)
    return { operator, tenant, runId: answer.outcome.run.id }
  }
  /** A run that a worker took and of which nothing was heard since. */
  const silent = async (runId: number, leaseEndedSecondsAgo = 3600) => {
    await sql`
      update operation_runs set status = 'running', attempt = attempt + 1, fencing_token = fencing_token + 1,
        started_at = now(), heartbeat_at = now() - interval '2 hours',
        lease_until = now() - ${leaseEndedSecondsAgo} * interval '1s'
      where id = ${runId}`.execute(db)
  }
  const queuedLongAgo = (runId: number) =>
    sql`update operation_runs set created_at = now() - interval '1 hour' where id = ${runId}`.execute(db)
  const runRow = (id: number) =>
    db.selectFrom('operation_runs').selectAll().where('id', '=', id).executeTakeFirstOrThrow()
  const wakeUps = async (runId: number) => {
    const { rows } = await sql<{ n: number }>`
      select count(*) as n from pgboss.job where (data ->> 'runId')::bigint = ${runId} and state = 'created'`.execute(
      db,
    )
    return rows[0]?.n
  }
  const notifications = async (runId: number) =>
    (await db.selectFrom('notifications').select('id').where('run_id', '=', runId).execute()).length

  describe('a wake-up that was lost', () => {
    test('is sent again, once', async () => {
      const { runId } = await admitted()
      await queuedLongAgo(runId)
      await sql`delete from pgboss.job`.execute(db)

      expect(await sweepNow()).toEqual({ woken: 1, requeued: 0, ended: 0 })
      expect(await sweepNow()).toEqual({ woken: 0, requeued: 0, ended: 0 })
      expect(await wakeUps(runId)).toBe(1)
    })

    test('is sent again when the process that took it died before it claimed the run', async () => {
      const { runId } = await admitted()
      await queuedLongAgo(runId)
      await sql`update pgboss.job set state = 'active', started_on = now() - interval '1 hour'`.execute(db)

      expect(await sweepNow()).toMatchObject({ woken: 1 })
      expect(await wakeUps(runId)).toBe(1)
    })

    test('is not missed while it is on its way', async () => {
      const fresh = await admitted()
      const waitsInQueue = await admitted()
      const beingTaken = await admitted()
      await queuedLongAgo(waitsInQueue.runId)
      await queuedLongAgo(beingTaken.runId)
      await sql`delete from pgboss.job where (data ->> 'runId')::bigint = ${fresh.runId}`.execute(db)
      await sql`
        update pgboss.job set state = 'active', started_on = now()
        where (data ->> 'runId')::bigint = ${beingTaken.runId}`.execute(db)

      expect(await sweepNow()).toMatchObject({ woken: 0 })
    })

    test('is not missed by a run that waits until later', async () => {
      const { runId } = await admitted()
      await sql`delete from pgboss.job`.execute(db)
      await sql`update operation_runs set created_at = now() - interval '1 hour', wake_at = now() + interval '1 hour'`.execute(
        db,
      )

      expect(await sweepNow()).toMatchObject({ woken: 0 })
      expect(await wakeUps(runId)).toBe(0)
    })
  })

  describe('a run whose worker went silent', () => {
    test('is queued again while it has attempts left, and then ends as stale', async () => {
      const { operator, runId, tenant } = await admitted()
      for (let attempt = 1; attempt < ATTEMPTS; attempt++) {
        await silent(runId)
        expect(await sweepNow()).toEqual({ woken: 0, requeued: 1, ended: 0 })
        expect(await runRow(runId)).toMatchObject({ status: 'queued', attempt })
      }

      await silent(runId)
      const { heartbeat_at } = await runRow(runId)
      expect(await sweepNow()).toEqual({ woken: 0, requeued: 0, ended: 1 })

      const row = await runRow(runId)
      expect(row).toMatchObject({
        status: 'completed',
        outcome: 'failed',
        reason: { code: 'run_stale', lastSeenAt: heartbeat_at?.toISOString() },
      })
      expect(await notifications(runId)).toBe(1)
      expect(await sweepNow()).toEqual({ woken: 0, requeued: 0, ended: 0 })
      expect(await world.start(operator, tenant, SYNC)).toMatchObject({ outcome: { kind: 'accepted' } })
    })

    test('queued again, is completed by another worker with one notification', async () => {
      const { runId } = await admitted()
      await silent(runId)
      await sweepNow()

      await workOn(
        workerOf(world, async () => SUCCEEDED),
        runId,
      )

      expect(await runRow(runId)).toMatchObject({ outcome: 'succeeded', attempt: 2, fencing_token: 3 })
      expect(await notifications(runId)).toBe(1)
    })

    test('is never repeated when it writes to the tenant', async () => {
      const workspace = await world.workspace()
      const manager = await world.person(workspace, 'manager')
      const tenant = await world.tenant(workspace)
      await world.connection(tenant, {
        granted: [...EVERY_READ, 'DeviceManagementConfiguration.ReadWrite.All'],
      })
      const answer = await start(
        world.gate,
        startAsk(manager, tenant, 'restore.execute', { surface: 'restore' }),
      )
      const runId = answer.kind === 'decided' ? answer.outcome.run.id : 0
      await silent(runId)

      expect(await sweepNow()).toEqual({ woken: 0, requeued: 0, ended: 1 })
      expect(await runRow(runId)).toMatchObject({ outcome: 'failed', reason: { code: 'run_stale' } })
    })

    test('is left alone while its last request to Microsoft may still be on the wire', async () => {
      const { runId } = await admitted()
      await silent(runId, REQUEST_TIMEOUT - 10)

      expect(await sweepNow()).toEqual({ woken: 0, requeued: 0, ended: 0 })
      expect(await runRow(runId)).toMatchObject({ status: 'running', attempt: 1 })
    })
  })

  test('a run that shows a sign of life after it was found silent is not touched', async () => {
    const { runId } = await admitted()
    await silent(runId)
    const [found] = await silentRuns(db, REQUEST_TIMEOUT)
    if (!found) throw new Error('nothing was found silent')
    await sql`update operation_runs set heartbeat_at = now(), lease_until = now() + interval '1 minute'`.execute(
      db,
    )
    const before = await runRow(runId)

    expect(await requeue(db, found)).toBe(false)

    expect(await runRow(runId)).toEqual(before)
    expect(await wakeUps(runId)).toBe(1)
  })

  test('a long run that is alive is never ended, however old it is', async () => {
    const { runId } = await admitted()
    await silent(runId, -60)
    await sql`
      update operation_runs set created_at = now() - interval '3 days', started_at = now() - interval '3 days'`.execute(
      db,
    )
    const before = await runRow(runId)

    expect(await sweepNow()).toEqual({ woken: 0, requeued: 0, ended: 0 })
    expect(await runRow(runId)).toEqual(before)
  })

  test('a live run is left alone, ten times as long as its kind may be silent', async () => {
    const { runId } = await admitted()
    const seconds = definitionOf(SYNC).staleAfterSeconds * 10
    await silent(runId, -60)
    await sql`
      update operation_runs set started_at = now() - ${seconds} * interval '1s',
        heartbeat_at = now() - ${seconds} * interval '1s'`.execute(db)
    const before = await runRow(runId)

    expect(await sweepNow()).toEqual({ woken: 0, requeued: 0, ended: 0 })
    expect(await runRow(runId)).toEqual(before)
  })

  describe('a silent run that somebody asked to stop', () => {
    const stopAsked = async () => {
      const { runId } = await admitted()
      await silent(runId, -60)
      expect(await db.transaction().execute((tx) => cancelRun(tx, runId, 'Ada'))).toBe('stopping')
      await sql`update operation_runs set lease_until = now() - interval '1 hour' where id = ${runId}`.execute(
        db,
      )
      return runId
    }

    test('ends as cancelled instead of being queued again, with one notification', async () => {
      const runId = await stopAsked()

      expect(await sweepNow()).toEqual({ woken: 0, requeued: 0, ended: 1 })

      expect(await runRow(runId)).toMatchObject({
        outcome: 'cancelled',
        reason: { code: 'run_cancelled', by: 'Ada' },
        attempt: 1,
      })
      expect(await notifications(runId)).toBe(1)
    })

    test('is not queued again either when the wish came after it was found silent', async () => {
      const { runId } = await admitted()
      await silent(runId)
      const [found] = await silentRuns(db, REQUEST_TIMEOUT)
      if (!found) throw new Error('nothing was found silent')
      await db.transaction().execute((tx) => cancelRun(tx, runId, 'Ada'))

      expect(await requeue(db, found)).toBe(false)
      expect(await sweepNow()).toEqual({ woken: 0, requeued: 0, ended: 1 })
      expect(await runRow(runId)).toMatchObject({ outcome: 'cancelled' })
    })
  })

  describe('runs that the database refuses to change', () => {
    const refuseAll = (where: ReturnType<typeof sql>) =>
      sql`
        create trigger poisoned before update on operation_runs for each row when (${where})
          execute function poisoned()`.execute(db)
    beforeAll(() =>
      sql`
        create function poisoned() returns trigger language plpgsql as $$
        begin raise exception 'this row is poisoned'; end $$`.execute(db),
    )
    afterEach(() => sql`drop trigger if exists poisoned on operation_runs`.execute(db))

    test('are reported one by one, and the others are rescued', async () => {
      const [first, second, third] = [await admitted(), await admitted(), await admitted()]
      for (const { runId } of [first, second, third]) await silent(runId, 9000 - runId)
      await refuseAll(sql`old.id in (${sql.lit(first.runId)}, ${sql.lit(second.runId)})`)

      expect(await sweepNow()).toEqual({ woken: 0, requeued: 1, ended: 0 })

      expect(faults.map(String)).toEqual([
        expect.stringContaining('poisoned'),
        expect.stringContaining('poisoned'),
      ])
      expect(await runRow(third.runId)).toMatchObject({ status: 'queued' })
      expect(await runRow(first.runId)).toMatchObject({ status: 'running', fencing_token: 1 })
    })

    test('are not all that is ever looked at, however many they are', async () => {
      const { runId: last } = await admitted()
      await sql`
        insert into operation_runs (workspace_id, tenant_id, initiator_id, initiator_name, operation, status, directory_id,
          scope_key, identity, provider_connection_id, admitted_at, attempt, fencing_token, started_at, heartbeat_at, lease_until)
        select workspace_id, tenant_id, initiator_id, initiator_name, operation, 'running', directory_id, scope_key || n,
          identity, provider_connection_id, now(), 1, 1, now(), now() - interval '2 hours', now() - interval '2 hours'
        from operation_runs, generate_series(1, 120) n where id = ${last}`.execute(db)
      await silent(last, 3600)
      await refuseAll(sql`old.id <> ${sql.lit(last)}`)

      expect(await sweepNow()).toEqual({ woken: 0, requeued: 1, ended: 0 })
      expect(faults).toHaveLength(120)
      expect(await runRow(last)).toMatchObject({ status: 'queued' })
    })

    test('a queue that takes no wake-up does not stop the rescue of a run that ends', async () => {
      const forgotten = await admitted()
      const silentOne = await admitted()
      await queuedLongAgo(forgotten.runId)
      await sql`delete from pgboss.job`.execute(db)
      await silent(silentOne.runId)
      await db.transaction().execute((tx) => cancelRun(tx, silentOne.runId, 'Ada'))
      await sql`alter table pgboss.job add constraint takes_none check (false) not valid`.execute(db)

      expect(await sweepNow()).toEqual({ woken: 0, requeued: 0, ended: 1 })

      expect(faults).toHaveLength(1)
      await sql`alter table pgboss.job drop constraint takes_none`.execute(db)
    })
  })

  test('one poisoned run is reported and does not stop the rescue of the others', async () => {
    const poisoned = await admitted()
    const healthy = await admitted()
    await silent(poisoned.runId, 7200)
    await silent(healthy.runId)
    await db
      .updateTable('operation_runs')
      .set({ operation: 'gone.for.good' })
      .where('id', '=', poisoned.runId)
      .execute()

    expect(await sweepNow()).toEqual({ woken: 0, requeued: 1, ended: 0 })

    expect(faults).toHaveLength(1)
    expect(await runRow(healthy.runId)).toMatchObject({ status: 'queued' })
    expect(await runRow(poisoned.runId)).toMatchObject({ status: 'running' })
  })
})
