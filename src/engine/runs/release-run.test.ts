import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { ENGINES } from '../../../tests/world/databases.ts'
import { heldRunner, SUCCEEDED, workerOf } from '../../../tests/world/workers.ts'
import { openWorld, type World } from '../../../tests/world/world.ts'
import type { Db } from '../../database/index.ts'
import { sweep, workOn } from '../worker/index.ts'
import { cancelRun, releaseRun } from './index.ts'

const SYNC = 'directory.groups.sync'
const BY = { by: 'Owner One', why: 'The machine of the worker is gone.' }

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
    return { operator, tenant, runId: answer.kind === 'decided' ? answer.outcome.run.id : 0 }
  }
  /** A run in the hands of a worker that hangs, although it beats. */
  const hanging = async () => {
    const { operator, runId, tenant } = await admitted()
    const { begun, endWith, runner } = heldRunner()
    const worker = workerOf(world, runner)
    const late = workOn(worker, runId)
    return { operator, tenant, runId, late, work: await begun, endWith, worker }
  }
  const row = (id: number) =>
    db.selectFrom('operation_runs').selectAll().where('id', '=', id).executeTakeFirstOrThrow()
  const left = async (runId: number) => ({
    run: await row(runId),
    told: await db.selectFrom('notifications').selectAll().where('run_id', '=', runId).execute(),
    audited: await db
      .selectFrom('audit_records')
      .selectAll()
      .where('run_id', '=', runId)
      .orderBy('id')
      .execute(),
  })
  const release = async (runId: number, token?: number) => {
    const { fencing_token } = await row(runId)
    return db.transaction().execute((tx) => releaseRun(tx, runId, token ?? fencing_token, BY))
  }

  test('a run is taken from a worker that hangs: it ends, and its scope is free in the same commit', async () => {
    const { endWith, late, operator, runId, tenant } = await hanging()

    expect(await release(runId)).toMatchObject({ fencingToken: 2, stopAsked: false })

    const { run, told } = await left(runId)
    expect(run).toMatchObject({
      status: 'completed',
      outcome: 'failed',
      reason: { code: 'run_force_released', ...BY },
      lease_until: null,
    })
    expect(told).toHaveLength(1)
    expect(await world.start(operator, tenant, SYNC)).toMatchObject({ outcome: { kind: 'accepted' } })
    endWith(SUCCEEDED)
    await late
  })

  test('it ends as cancelled when somebody had asked it to stop', async () => {
    const { endWith, late, runId } = await hanging()
    await db.transaction().execute((tx) => cancelRun(tx, runId, 'Ada'))

    await release(runId)

    expect((await row(runId)).outcome).toBe('cancelled')
    endWith(SUCCEEDED)
    await late
  })

  test('the late worker changes nothing afterwards: no progress, no page, no end, no word', async () => {
    const { endWith, late, runId, work, worker } = await hanging()
    await release(runId)
    const before = await left(runId)
    const wrote: string[] = []

    await expect(work.progress(5, 9)).rejects.toThrow()
    await expect(
      work.page(async (tx) => {
        await sql`insert into directory_groups (tenant_id, group_id, display_name, kind, raw, full_sync, last_seen_run_id)
          values (${work.run.tenantId}, gen_random_uuid(), 'Late', 'security', '{}', 1, ${runId})`.execute(tx)
        wrote.push('in a transaction that cannot commit')
        return { done: 7, total: null, checkpoint: { done: 7 } }
      }),
    ).rejects.toThrow()
    endWith(SUCCEEDED)
    await late
    const swept = await sweep({
      db,
      requestTimeoutSeconds: 0,
      graceSeconds: 3600,
      report: (fault) => expect.fail(`${fault}`),
    })

    expect(await left(runId)).toEqual(before)
    const { rows } = await sql`select from directory_groups where last_seen_run_id = ${runId}`.execute(db)
    expect(rows).toEqual([])
    expect(swept).toMatchObject({ requeued: 0, ended: 0 })
    expect(worker.reported).toEqual([])
    expect(work.signal.aborted).toBe(true)
  })

  test('it is not taken from another worker than the one that was judged', async () => {
    const { endWith, late, runId } = await hanging()
    const before = await left(runId)

    expect(await release(runId, 0)).toBeUndefined()
    expect(await left(runId)).toEqual(before)
    endWith(SUCCEEDED)
    await late
    const ended = await left(runId)
    expect(await release(runId)).toBeUndefined()
    expect(await left(runId)).toEqual(ended)
  })
})
