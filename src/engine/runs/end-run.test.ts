import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { ENGINES } from '../../../tests/world/databases.ts'
import { openWorld, type World } from '../../../tests/world/world.ts'
import type { Db } from '../../database/index.ts'
import { type Ending, endRun } from './index.ts'

const SYNC = 'directory.role_definitions.sync'
const SUCCEEDED: Ending = { outcome: 'succeeded', counts: { seen: 1 }, finding: null }
const CANCELLED: Ending = { outcome: 'cancelled', reason: { code: 'run_cancelled', by: 'Ada' } }

describe.each(ENGINES)('on %s', (engine) => {
  let world: World
  let db: Db
  beforeAll(async () => {
    world = await openWorld(engine)
    db = world.database.db
  })
  afterAll(() => world.close())

  const queued = async () => {
    const workspace = await world.workspace()
    const operator = await world.person(workspace, 'operator')
    const tenant = await world.readyTenant(workspace)
    const answer = await world.start(operator, tenant, SYNC)
    return answer.kind === 'decided' ? answer.outcome.run.id : 0
  }
  const running = async () => {
    const runId = await queued()
    await sql`
      update operation_runs set status = 'running', attempt = 1, fencing_token = 7, started_at = now(),
        heartbeat_at = now(), lease_until = now() + interval '1 minute' where id = ${runId}`.execute(db)
    return runId
  }
  const left = async (runId: number) => {
    const { rows } = await sql`
      select status,
        (select count(*) from notifications n where n.run_id = r.id) as told,
        (select count(*) from audit_records a where a.run_id = r.id and a.action = 'operation.finish') as audited
      from operation_runs r where id = ${runId}`.execute(db)
    return rows[0]
  }

  test('of those who end a run together one does, with one record and one notification', async () => {
    const runId = await running()
    const expected = { status: 'running', fencingToken: 7 } as const

    const endings = await Promise.all(
      [SUCCEEDED, CANCELLED, SUCCEEDED, CANCELLED].map((e) => endRun(db, runId, expected, e)),
    )

    expect(endings.filter(Boolean)).toHaveLength(1)
    expect(await left(runId)).toEqual({ status: 'completed', told: 1, audited: 1 })
  })

  test.each([
    ['a token from before', { status: 'running', fencingToken: 6 }],
    ['a token it never had', { status: 'running', fencingToken: 8 }],
    ['a heartbeat from before', { status: 'running', fencingToken: 7, heartbeatAt: '2020-01-01T00:00:00Z' }],
    ['as if it were queued', { status: 'queued' }],
  ] as const)('a running run does not end for %s, and nothing is written', async (_who, expected) => {
    const runId = await running()

    expect(await endRun(db, runId, expected, SUCCEEDED)).toBe(false)
    expect(await left(runId)).toEqual({ status: 'running', told: 0, audited: 0 })
  })

  test.each([
    ['a failure among its items', sql`failures = '[{"code":"x","message":"x","count":1}]'`],
    ['a failed item in its counts', sql`counts = '{"seen": 3, "failed": 1}'`],
  ])('not even raw SQL makes a run succeeded with %s', async (_what, change) => {
    const runId = await running()

    const raw = sql`
      update operation_runs set status = 'completed', outcome = 'succeeded', lease_until = null, finished_at = now(),
        ${change} where id = ${runId}`.execute(db)

    await expect(raw).rejects.toThrow(/runs_succeeded_without_failures/)
  })

  test.each([
    ['taken up again', sql`status = 'queued', outcome = null, finished_at = null`],
    ['given another outcome', sql`outcome = 'failed', reason = '{}'`],
  ])('not even raw SQL gets a completed run %s', async (_what, change) => {
    const runId = await running()
    await endRun(db, runId, { status: 'running', fencingToken: 7 }, SUCCEEDED)

    const raw = sql`update operation_runs set ${change} where id = ${runId}`.execute(db)

    await expect(raw).rejects.toThrow(/has ended and stays as it ended/)
  })

  test.each([
    [
      'completed without an outcome',
      sql`status = 'completed', finished_at = now()`,
      'runs_completed_has_outcome',
    ],
    [
      'failed without a reason',
      sql`status = 'completed', outcome = 'failed', finished_at = now()`,
      'runs_ending_has_reason',
    ],
    ['running without a lease', sql`status = 'running'`, 'runs_running'],
    ['admitted without its connection', sql`provider_connection_id = null`, 'runs_admitted_has_connection'],
    ['past its total', sql`progress_done = 4, progress_total = 3`, 'runs_progress_within_total'],
  ])('a run is never %s', async (_what, change, constraint) => {
    const runId = await queued()

    const raw = sql`update operation_runs set ${change} where id = ${runId}`.execute(db)

    await expect(raw).rejects.toThrow(constraint)
  })
})
