import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { ENGINES } from '../../../tests/world/databases.ts'
import { endlessRunner, heldRunner, SUCCEEDED, workerOf } from '../../../tests/world/workers.ts'
import { openWorld, type World } from '../../../tests/world/world.ts'
import type { Db } from '../../database/index.ts'
import { RunLost, sweep, type WorkEnded, workOn } from './index.ts'
import { heartbeat } from './lease.sql.ts'

const SYNC = 'directory.role_definitions.sync'
const SHORT_LEASE = { settings: { leaseSeconds: 0.6, evidenceMaxAgeDays: 7, platformClientId: null } }

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
    if (answer.kind !== 'decided') throw new Error(answer.kind)
    return { workspace, operator, tenant, runId: answer.outcome.run.id }
  }
  const runRow = (id: number) =>
    db.selectFrom('operation_runs').selectAll().where('id', '=', id).executeTakeFirstOrThrow()
  const countOf = async (table: 'notifications' | 'audit_records', runId: number) =>
    (await db.selectFrom(table).select('id').where('run_id', '=', runId).execute()).length
  const wakeUps = async (runId: number) => {
    const { rows } = await sql<{ n: number }>`
      select count(*) as n from pgboss.job where (data ->> 'runId')::bigint = ${runId}`.execute(db)
    return rows[0]?.n
  }
  const fallSilent = (runId: number) =>
    sql`update operation_runs set lease_until = now() - interval '1 hour' where id = ${runId}`.execute(db)
  const sweeping = {
    requestTimeoutSeconds: 30,
    graceSeconds: 3600,
    report: (fault: unknown) => expect.fail(`${fault}`),
  }

  /** A result that leaves traces everywhere: in the connection, in a table of its feature, in the run. */
  const leavesTraces = (workspace: number): WorkEnded => ({
    observed: { consent: 'revoked', throttledForSeconds: 3600 },
    ending: async (tx) => {
      await tx.updateTable('workspaces').set({ name: 'Written late' }).where('id', '=', workspace).execute()
      return { outcome: 'succeeded', counts: { seen: 99 }, finding: null }
    },
  })
  const expectNoTraces = async (workspace: number, connectionId: number) => {
    const { name } = await db
      .selectFrom('workspaces')
      .select('name')
      .where('id', '=', workspace)
      .executeTakeFirstOrThrow()
    const connection = await db
      .selectFrom('provider_connections')
      .select(['consent_status', 'throttled_until'])
      .where('id', '=', connectionId)
      .executeTakeFirstOrThrow()
    expect({ name, ...connection }).toEqual({
      name: 'Contoso MSP',
      consent_status: 'granted',
      throttled_until: null,
    })
  }

  describe('a run that goes well', () => {
    test('ends with its counts, one audit record and one notification, and frees its scope', async () => {
      const { operator, runId, tenant, workspace } = await admitted()
      const worker = workerOf(world, async ({ progress }) => {
        await progress(2, 3)
        return leavesTraces(workspace)
      })

      await workOn(worker, runId)

      expect(await runRow(runId)).toMatchObject({
        status: 'completed',
        outcome: 'succeeded',
        counts: { seen: 99 },
        progress_done: 2,
        progress_total: 3,
        lease_until: null,
      })
      const { name } = await db
        .selectFrom('workspaces')
        .select('name')
        .where('id', '=', workspace)
        .executeTakeFirstOrThrow()
      expect(name).toBe('Written late')
      expect(await countOf('notifications', runId)).toBe(1)
      expect(await countOf('audit_records', runId)).toBe(2)
      await db
        .updateTable('provider_connections')
        .set({ consent_status: 'granted', throttled_until: null })
        .where('id', '=', tenant.connectionId)
        .execute()
      expect(await world.start(operator, tenant, SYNC)).toMatchObject({ outcome: { kind: 'accepted' } })
    })

    test('a second wake-up for it does nothing', async () => {
      const { runId } = await admitted()
      const worker = workerOf(world, async () => SUCCEEDED)

      await workOn(worker, runId)
      const before = await runRow(runId)
      await workOn(worker, runId)

      expect(await runRow(runId)).toEqual(before)
      expect(await countOf('notifications', runId)).toBe(1)
    })

    test('a wake-up for a run that waits until later, or never was, does nothing', async () => {
      const { runId } = await admitted()
      await db
        .updateTable('operation_runs')
        .set({ wake_at: new Date('2100-01-01') })
        .where('id', '=', runId)
        .execute()
      const worker = workerOf(world, () => expect.fail('it was carried out'))

      await workOn(worker, runId)
      await workOn(worker, 2 ** 40)

      expect(await runRow(runId)).toMatchObject({ status: 'queued', attempt: 0 })
    })
  })

  test('of workers that come to claim together, one gets the run', async () => {
    const { runId } = await admitted()
    const WORKERS = 3
    let carriedOut = 0
    let arrived = 0
    const everybody = Promise.withResolvers<void>()
    const worker = workerOf(
      world,
      async () => {
        carriedOut += 1
        return SUCCEEDED
      },
      {
        atRacePoint: async (point) => {
          if (point !== 'before_claim') return
          arrived += 1
          if (arrived === WORKERS) everybody.resolve()
          await everybody.promise
        },
      },
    )

    await Promise.all(Array.from({ length: WORKERS }, () => workOn(worker, runId)))

    expect({ arrived, carriedOut }).toEqual({ arrived: WORKERS, carriedOut: 1 })
    expect(await runRow(runId)).toMatchObject({ outcome: 'succeeded', attempt: 1, fencing_token: 1 })
  })

  describe('a worker that was given up and comes back', () => {
    test('changes nothing of a run that another one carries out now', async () => {
      const { runId, tenant, workspace } = await admitted()
      const late = heldRunner()
      const heir = heldRunner()
      const lateWork = workOn(workerOf(world, late.runner), runId)
      const { progress, run } = await late.begun
      await fallSilent(runId)
      expect(await sweep({ db, ...sweeping })).toMatchObject({ requeued: 1 })
      const heirWork = workOn(workerOf(world, heir.runner), runId)
      await heir.begun
      const before = await runRow(runId)

      await expect(progress(1, 2)).rejects.toThrow(RunLost)
      expect(await heartbeat(db, run, 60)).toBeUndefined()
      late.endWith(leavesTraces(workspace))
      await lateWork

      expect(await runRow(runId)).toEqual(before)
      await expectNoTraces(workspace, tenant.connectionId)
      heir.endWith(SUCCEEDED)
      await heirWork
      expect(await runRow(runId)).toMatchObject({ outcome: 'succeeded', counts: { seen: 3 }, attempt: 2 })
      expect(await countOf('notifications', runId)).toBe(1)
    })

    test('changes nothing of a run that has ended', async () => {
      const { runId, tenant, workspace } = await admitted()
      const late = heldRunner()
      const lateWork = workOn(workerOf(world, late.runner), runId)
      const { progress, run } = await late.begun
      await fallSilent(runId)
      await sweep({ db, ...sweeping })
      await workOn(
        workerOf(world, async () => SUCCEEDED),
        runId,
      )
      const before = await runRow(runId)

      await expect(progress(1, 2)).rejects.toThrow(RunLost)
      expect(await heartbeat(db, run, 60)).toBeUndefined()
      late.endWith(leavesTraces(workspace))
      await lateWork

      expect(await runRow(runId)).toEqual(before)
      await expectNoTraces(workspace, tenant.connectionId)
      expect(await countOf('notifications', runId)).toBe(1)
    })

    test('its work is stopped by the next heartbeat that does not get through', async () => {
      const { runId } = await admitted()
      const { begun, runner } = endlessRunner()
      const worker = workerOf(world, runner, SHORT_LEASE)
      const work = workOn(worker, runId)
      await begun
      await sql`update operation_runs set fencing_token = fencing_token + 1 where id = ${runId}`.execute(db)

      await work

      expect(await runRow(runId)).toMatchObject({ status: 'running', outcome: null })
      expect(worker.reported).toEqual([])
    })
  })

  test('a worker that was suspended past its lease sends nothing more, before any timer has told it', async () => {
    const { runId } = await admitted()
    let suspended = 0
    const clock = { now: () => new Date(Date.now() + suspended), monotonic: () => performance.now() }
    const sent: boolean[] = []
    const worker = workerOf(
      world,
      async ({ maySend }) => {
        sent.push(maySend())
        suspended = 60_000
        sent.push(maySend())
        return leavesTraces(0)
      },
      { clock },
    )

    await workOn(worker, runId)

    expect(sent).toEqual([true, false])
    expect(await runRow(runId)).toMatchObject({ status: 'running', outcome: null })
  })

  describe('a runner that throws', () => {
    test('is a bug: it is reported, and the run fails with the id under which to find it', async () => {
      const { operator, runId } = await admitted()
      const bug = new TypeError('cannot read properties of undefined')
      const worker = workerOf(world, () => Promise.reject(bug))

      await workOn(worker, runId)

      const row = await runRow(runId)
      expect(row).toMatchObject({
        status: 'completed',
        outcome: 'failed',
        reason: { code: 'internal_error', correlationId: row.correlation_id },
      })
      expect(JSON.stringify(row)).not.toContain('undefined')
      expect(worker.reported).toMatchObject([
        { fault: bug, run: { id: runId, correlationId: row.correlation_id } },
      ])
      expect(await countOf('notifications', runId)).toBe(1)
      expect(operator.userId).toBeTruthy()
    })
  })

  describe('a worker that shuts down', () => {
    test('gives its run back without losing an attempt, and another worker completes it', async () => {
      const { operator, runId, tenant } = await admitted()
      const { begun, runner } = endlessRunner()
      const leaving = workerOf(world, runner)
      const work = workOn(leaving, runId)
      await begun

      leaving.shutDown()
      await work

      expect(await runRow(runId)).toMatchObject({ status: 'queued', attempt: 0, lease_until: null })
      expect(await wakeUps(runId)).toBe(2)
      expect(await countOf('notifications', runId)).toBe(0)
      expect(await world.start(operator, tenant, SYNC)).toMatchObject({ outcome: { kind: 'deduped' } })
      await workOn(
        workerOf(world, async () => SUCCEEDED),
        runId,
      )
      expect(await runRow(runId)).toMatchObject({ outcome: 'succeeded', attempt: 1 })
    })

    test('does not report the interruption as a bug', async () => {
      const { runId } = await admitted()
      const { begun, runner } = endlessRunner()
      const leaving = workerOf(world, runner)
      const work = workOn(leaving, runId)
      await begun

      leaving.shutDown()
      await work

      expect(leaving.reported).toEqual([])
    })

    test('claims nothing any more, and passes the wake-up on', async () => {
      const { runId } = await admitted()
      const leaving = workerOf(world, () => expect.fail('it was carried out'))
      leaving.shutDown()

      await workOn(leaving, runId)

      expect(await runRow(runId)).toMatchObject({ status: 'queued', attempt: 0 })
      expect(await wakeUps(runId)).toBe(2)
    })
  })

  test('a run that somebody asked to stop ends cancelled and says by whom', async () => {
    const { operator, runId, tenant } = await admitted()
    const { begun, runner } = endlessRunner()
    const worker = workerOf(world, runner, SHORT_LEASE)
    const work = workOn(worker, runId)
    await begun
    expect(await world.start(operator, tenant, SYNC)).toMatchObject({ outcome: { kind: 'deduped' } })
    await db
      .updateTable('operation_runs')
      .set({ cancel_requested_at: new Date(), cancelled_by: 'Grace' })
      .where('id', '=', runId)
      .execute()

    await work

    expect(await runRow(runId)).toMatchObject({
      status: 'completed',
      outcome: 'cancelled',
      reason: { code: 'run_cancelled', by: 'Grace' },
    })
    expect(await countOf('notifications', runId)).toBe(1)
    expect(worker.reported).toEqual([])
  })

  test('a run that somebody asked to stop hears of it at its next progress', async () => {
    const { runId } = await admitted()
    let noted = 0
    const worker = workerOf(world, async ({ progress }) => {
      await progress(1, null)
      noted += 1
      await db
        .updateTable('operation_runs')
        .set({ cancel_requested_at: new Date(), cancelled_by: 'Grace' })
        .where('id', '=', runId)
        .execute()
      await progress(2, null)
      noted += 1
      return SUCCEEDED
    })

    await workOn(worker, runId)

    expect(noted).toBe(1)
    expect(await runRow(runId)).toMatchObject({
      outcome: 'cancelled',
      reason: { code: 'run_cancelled', by: 'Grace' },
      progress_done: 2,
    })
    expect(worker.reported).toEqual([])
  })

  test('a run that is asked to stop while it is put back ends cancelled, and is not carried out', async () => {
    const { runId } = await admitted()
    const { begun, runner } = endlessRunner()
    const leaving = workerOf(world, runner)
    const work = workOn(leaving, runId)
    await begun
    await db
      .updateTable('operation_runs')
      .set({ cancel_requested_at: new Date(), cancelled_by: 'Grace' })
      .where('id', '=', runId)
      .execute()
    leaving.shutDown()
    await work
    expect(await runRow(runId)).toMatchObject({ status: 'queued' })

    await workOn(
      workerOf(world, () => expect.fail('it was carried out')),
      runId,
    )

    expect(await runRow(runId)).toMatchObject({
      outcome: 'cancelled',
      reason: { code: 'run_cancelled', by: 'Grace' },
    })
  })

  test('a run that claims success with a failed item ends neither succeeded nor half written', async () => {
    const { runId, workspace, tenant } = await admitted()
    const worker = workerOf(world, async () => ({
      ...leavesTraces(workspace),
      ending: { outcome: 'succeeded', counts: { seen: 3, failed: 1 }, finding: null },
    }))

    await workOn(worker, runId).catch(() => {})

    expect((await runRow(runId)).outcome).not.toBe('succeeded')
    await expectNoTraces(workspace, tenant.connectionId)
  })
})
