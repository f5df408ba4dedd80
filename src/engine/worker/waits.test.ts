import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { ENGINES } from '../../../tests/world/databases.ts'
import { SUCCEEDED, type TestWorker, workerOf } from '../../../tests/world/workers.ts'
import { openWorld, type World } from '../../../tests/world/world.ts'
import type { Db } from '../../database/index.ts'
import { openQueue } from '../queue/index.ts'
import { cancelRun } from '../runs/index.ts'
import { MAKES_ROOM, type Runner, sweep, type Work, type WorkEnded, workOn } from './index.ts'

const SYNC = 'directory.groups.sync'
const CHECK = 'provider.connection.check'

const throttledFor = (seconds: number | null): WorkEnded => ({
  ending: {
    outcome: 'failed',
    counts: { seen: 7 },
    reason: { code: 'provider_throttled', until: null },
    failures: [],
  },
  waitsFor: { kind: 'throttle_window', seconds },
})

describe.each(ENGINES)('on %s', (engine) => {
  let world: World
  let db: Db
  beforeAll(async () => {
    world = await openWorld(engine)
    db = world.database.db
  })
  afterAll(() => world.close())

  const admitted = async (operation = SYNC) => {
    const workspace = await world.workspace()
    const operator = await world.person(workspace, 'operator')
    const tenant = await world.readyTenant(workspace)
    const answer = await world.start(operator, tenant, operation)
    if (answer.kind !== 'decided') throw new Error(answer.kind)
    return { operator, tenant, runId: answer.outcome.run.id }
  }
  const runRow = (id: number) =>
    db
      .selectFrom('operation_runs')
      .selectAll()
      .select(sql<number>`extract(epoch from wake_at - now())::float8`.as('wakes_in'))
      .select(sql<number>`extract(epoch from now() - held_up_since)::float8`.as('held_up_for'))
      .where('id', '=', id)
      .executeTakeFirstOrThrow()
  const throttledForSeconds = async (connectionId: number) => {
    const { seconds } = await db
      .selectFrom('provider_connections')
      .select(sql<number>`extract(epoch from throttled_until - now())::float8`.as('seconds'))
      .where('id', '=', connectionId)
      .executeTakeFirstOrThrow()
    return seconds
  }
  /** The wake-ups of a run that nobody took yet: in how many seconds each is due. */
  const wakeUps = async (runId: number) => {
    const { rows } = await sql<{ due: number }>`
      select extract(epoch from start_after - now())::float8 as due from pgboss.job
      where (data ->> 'runId')::bigint = ${runId} and state = 'created' order by due`.execute(db)
    return rows.map(({ due }) => due)
  }
  const comesDue = (runId: number) =>
    sql`update operation_runs set wake_at = now() where id = ${runId}`.execute(db)
  const throttled = (seconds: number | null) => workerOf(world, async () => throttledFor(seconds))
  const aPage = (done: number) => async () => ({ done, total: null, checkpoint: { done } })

  test('a throttled run waits in nobody’s hands, and its worker is free', async () => {
    const { runId, tenant } = await admitted()
    await sql`delete from pgboss.job`.execute(db)

    await workOn(throttled(600), runId)

    const run = await runRow(runId)
    expect(run).toMatchObject({
      status: 'queued',
      waits_for: 'throttle_window',
      waits: 1,
      attempt: 0,
      fencing_token: 2,
      lease_until: null,
    })
    expect(run.wakes_in).toBeGreaterThan(590)
    expect(run.wakes_in).toBeLessThan(616)
    const [due, ...others] = await wakeUps(runId)
    expect(others).toEqual([])
    expect(Math.abs((due ?? 0) - run.wakes_in)).toBeLessThan(5)
    expect(await throttledForSeconds(tenant.connectionId)).toBeGreaterThan(590)
  })

  test('nobody takes it before its time, and it is not forgotten either', async () => {
    const { operator, runId, tenant } = await admitted()
    await workOn(throttled(600), runId)

    await workOn(
      workerOf(world, () => expect.fail('it was carried out')),
      runId,
    )
    const swept = await sweep({
      db,
      requestTimeoutSeconds: 0,
      graceSeconds: 0,
      report: (fault) => expect.fail(`${fault}`),
    })

    expect(swept).toMatchObject({ requeued: 0, ended: 0 })
    expect(await runRow(runId)).toMatchObject({ status: 'queued', waits: 1 })
    expect(await world.start(operator, tenant, SYNC)).toMatchObject({
      outcome: { kind: 'blocked', reason: { code: 'provider_throttled' } },
    })
  })

  test('when its time has come it goes on from its checkpoint, however often that was', async () => {
    const { runId } = await admitted()
    const begun: Pick<Work['run'], 'attempt' | 'checkpoint' | 'waits'>[] = []
    const pageThenWindow: Runner = async ({ page, run }) => {
      begun.push({ attempt: run.attempt, checkpoint: run.checkpoint, waits: run.waits })
      if (begun.length === 9) return SUCCEEDED
      if (begun.length % 2 === 1) await page(aPage(begun.length))
      return throttledFor(30)
    }

    for (let turn = 0; turn < 9; turn++) {
      await comesDue(runId)
      await workOn(workerOf(world, pageThenWindow), runId)
    }

    expect(await runRow(runId)).toMatchObject({ outcome: 'succeeded', attempt: 1, waits_for: null })
    expect(begun.map(({ attempt }) => attempt)).toEqual(Array(9).fill(1))
    expect(begun.map(({ waits }) => waits)).toEqual([0, 1, 2, 1, 2, 1, 2, 1, 2])
    expect(begun.map(({ checkpoint }) => (checkpoint as { done: number } | null)?.done ?? 0)).toEqual([
      0, 1, 1, 3, 3, 5, 5, 7, 7,
    ])
  })

  test('patience counts from where it got no further, and then the run ends with its reason', async () => {
    const { runId } = await admitted()
    await workOn(throttled(600), runId)
    await sql`update operation_runs set held_up_since = now() - interval '55 minutes' where id = ${runId}`.execute(
      db,
    )
    await comesDue(runId)
    await workOn(throttled(100), runId)
    expect(await runRow(runId)).toMatchObject({ status: 'queued', waits: 2 })

    await comesDue(runId)
    await workOn(throttled(400), runId)

    expect(await runRow(runId)).toMatchObject({
      status: 'completed',
      outcome: 'failed',
      reason: { code: 'provider_throttled' },
      counts: { seen: 7 },
      wake_at: null,
      waits_for: null,
    })
  })

  test('a page that was written gives it all its patience back', async () => {
    const { runId } = await admitted()
    await workOn(throttled(600), runId)
    await sql`update operation_runs set held_up_since = now() - interval '55 minutes' where id = ${runId}`.execute(
      db,
    )
    await comesDue(runId)
    await workOn(
      workerOf(world, async ({ page }) => {
        await page(aPage(1))
        return throttledFor(600)
      }),
      runId,
    )

    const run = await runRow(runId)
    // The claim remembers the earlier waits; the page forgot them, and this wait is the first again.
    expect(run).toMatchObject({ status: 'queued', waits: 1 })
    expect(run.held_up_for).toBeLessThan(300)
  })

  test('somebody waits for a check, so it is not patient for long', async () => {
    const { runId } = await admitted(CHECK)

    await workOn(throttled(61), runId)

    expect(await runRow(runId)).toMatchObject({ status: 'completed', outcome: 'failed' })
  })

  test('one that waits is stopped at once', async () => {
    const { runId } = await admitted()
    await workOn(throttled(600), runId)

    expect(await db.transaction().execute((tx) => cancelRun(tx, runId, 'Operator One'))).toBe('cancelled')

    expect(await runRow(runId)).toMatchObject({ outcome: 'cancelled', waits_for: null, wake_at: null })
  })

  test('a wish to stop that comes while it is put aside is heard at once', async () => {
    const { runId } = await admitted()
    const asked = workerOf(world, async () => {
      await db.transaction().execute((tx) => cancelRun(tx, runId, 'Operator One'))
      return throttledFor(600)
    })
    await workOn(asked, runId)

    await workOn(
      workerOf(world, () => expect.fail('it was carried out')),
      runId,
    )

    expect(await runRow(runId)).toMatchObject({
      outcome: 'cancelled',
      reason: { code: 'run_cancelled', by: 'Operator One' },
    })
  })

  test('a worker that lost its run puts nothing aside and closes no window', async () => {
    const { runId, tenant } = await admitted()
    const late = Promise.withResolvers<WorkEnded>()
    const begun = Promise.withResolvers<void>()
    const work = workOn(
      workerOf(world, () => {
        begun.resolve()
        return late.promise
      }),
      runId,
    )
    await begun.promise
    await sql`update operation_runs set lease_until = now() - interval '1 hour' where id = ${runId}`.execute(
      db,
    )
    await sweep({ db, requestTimeoutSeconds: 1, graceSeconds: 3600, report: (f) => expect.fail(`${f}`) })
    const before = await runRow(runId)

    late.resolve(throttledFor(600))
    await work

    const { fencing_token, status, waits } = await runRow(runId)
    expect({ fencing_token, status, waits }).toEqual({
      fencing_token: before.fencing_token,
      status: 'queued',
      waits: 0,
    })
    expect(await throttledForSeconds(tenant.connectionId)).toBeNull()
  })

  test('a window never ends earlier than somebody was told', async () => {
    const { runId, tenant } = await admitted()
    await db
      .updateTable('provider_connections')
      .set({ throttled_until: sql<Date>`now() + interval '1 hour'` })
      .where('id', '=', tenant.connectionId)
      .execute()

    await workOn(throttled(30), runId)

    expect(await throttledForSeconds(tenant.connectionId)).toBeGreaterThan(3500)
  })

  describe('a run of many pages', () => {
    const asking = (full: boolean) => {
      const answers: boolean[] = []
      const runner: Runner = async ({ mustMakeRoom, page }) => {
        await page(aPage(1))
        answers.push(mustMakeRoom())
        return mustMakeRoom() ? MAKES_ROOM : SUCCEEDED
      }
      const worker: TestWorker = workerOf(world, runner, { isFull: () => full })
      return { answers, worker }
    }
    const alone = () =>
      sql`update operation_runs set wake_at = now() + interval '1 hour' where status = 'queued'`.execute(db)

    test('goes on while nobody else waits, or another slot is free', async () => {
      await alone()
      const { runId } = await admitted()
      const nobody = asking(true)
      await workOn(nobody.worker, runId)
      const { runId: second } = await admitted()
      await admitted()
      const roomy = asking(false)
      await workOn(roomy.worker, second)

      expect([nobody.answers, roomy.answers]).toEqual([[false], [false]])
    })

    test('makes room after a page for one that waits, and comes behind it in the queue', async () => {
      await alone()
      await sql`delete from pgboss.job`.execute(db)
      const { runId } = await admitted()
      await sql`delete from pgboss.job`.execute(db)
      const { runId: other } = await admitted()
      const { answers, worker } = asking(true)

      await workOn(worker, runId)

      expect(answers).toEqual([true])
      expect(await runRow(runId)).toMatchObject({ status: 'queued', attempt: 0, checkpoint: { done: 1 } })
      const taken: number[] = []
      let isOver = false
      const queue = await openQueue(world.database, (error) => isOver || expect.fail(`${error}`))
      await queue.onWake(1, async (id) => void taken.push(id))
      await expect.poll(() => taken, { timeout: 20_000 }).toEqual([other, runId])
      isOver = true
      await queue.stop()
    })

    test('does not make room for one that waits until later', async () => {
      await alone()
      const { runId } = await admitted()
      const { answers, worker } = asking(true)

      await workOn(worker, runId)

      expect(answers).toEqual([false])
    })
  })
})
