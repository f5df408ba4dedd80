import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { ENGINES } from '../../../tests/world/databases.ts'
import { endlessRunner, heldRunner, SUCCEEDED, workerOf } from '../../../tests/world/workers.ts'
import { openWorld, type World } from '../../../tests/world/world.ts'
import type { Db } from '../../database/index.ts'
import { cancelRun } from '../runs/index.ts'
import type { WaitsFor } from './decide-wait.ts'
import { MAKES_ROOM, type Runner, sweep, type WorkEnded, type WorkResult, workOn } from './index.ts'

const SYNC = 'directory.groups.sync'

const heldUp = (waitsFor: WaitsFor): WorkEnded => ({
  ending: {
    outcome: 'failed',
    counts: {},
    reason: { code: 'provider_throttled', until: null },
    failures: [],
  },
  waitsFor,
})
const ASKED = heldUp({ kind: 'throttle_window', seconds: 30 })
const UNASKED = heldUp({ kind: 'throttle_window', seconds: null })
const SILENT = heldUp({ kind: 'answer' })

describe.each(ENGINES)('on %s', (engine) => {
  let world: World
  let db: Db
  beforeAll(async () => {
    world = await openWorld(engine)
    db = world.database.db
  })
  afterAll(() => world.abandon())

  async function admitted(): Promise<number> {
    const workspace = await world.workspace()
    const operator = await world.person(workspace, 'operator')
    const answer = await world.start(operator, await world.readyTenant(workspace), SYNC)
    return answer.kind === 'decided' ? answer.outcome.run.id : 0
  }
  /** Each kind of what happened, in order, with how often. */
  async function told(runId: number): Promise<string[]> {
    const rows = await db
      .selectFrom('operation_run_events')
      .select(['kind', 'times'])
      .where('run_id', '=', runId)
      .orderBy('id')
      .execute()
    return rows.map(({ kind, times }) => `${kind} ${times}`)
  }
  const comesDue = (runId: number) =>
    sql`update operation_runs set wake_at = now() where id = ${runId}`.execute(db)
  /** Carries a run out once for each answer of its work. */
  async function carriedOut(runId: number, ...results: WorkResult[]): Promise<void> {
    for (const result of results) {
      await comesDue(runId)
      await sql`update provider_connections set throttled_until = null`.execute(db)
      await workOn(
        workerOf(world, async () => result),
        runId,
      )
    }
  }

  test('waits of one kind are counted together with what takes the run up between them', async () => {
    const runId = await admitted()

    await carriedOut(runId, ASKED, ASKED, ASKED, UNASKED, SILENT, SUCCEEDED)

    expect(await told(runId)).toEqual([
      'claimed 1',
      'waits_as_asked 3',
      'claimed 3',
      'waits_unasked 1',
      'claimed 1',
      'waits_for_answer 1',
      'claimed 1',
    ])
  })

  test('a run that makes room after every page leaves three rows', async () => {
    const runId = await admitted()

    await carriedOut(runId, ...Array.from({ length: 60 }, (): WorkResult => MAKES_ROOM), SUCCEEDED)

    expect(await told(runId)).toEqual(['claimed 1', 'made_room 60', 'claimed 60'])
  })

  test('however often the kinds change, the rows are bounded and nothing goes uncounted', async () => {
    const runId = await admitted()
    const turns = Array.from({ length: 80 }, (_, turn): WorkResult => (turn % 2 ? ASKED : MAKES_ROOM))

    await carriedOut(runId, ...turns, SUCCEEDED)

    const rows = await told(runId)
    expect(rows.length).toBeLessThanOrEqual(3 * 21)
    const sum = (kind: string) =>
      rows.reduce((all, row) => all + (row.startsWith(`${kind} `) ? Number(row.split(' ')[1]) : 0), 0)
    expect([sum('claimed'), sum('waits_as_asked'), sum('made_room')]).toEqual([81, 40, 40])
  })

  test('a process that ends and one that goes silent are told apart', async () => {
    const runId = await admitted()
    const { begun, runner } = endlessRunner()
    const leaving = workerOf(world, runner)
    const work = workOn(leaving, runId)
    await begun
    leaving.shutDown()
    await work
    const { begun: taken, endWith, runner: held } = heldRunner()
    const lost = workOn(workerOf(world, held), runId)
    await taken
    await sql`update operation_runs set lease_until = now() - interval '1 hour' where id = ${runId}`.execute(
      db,
    )
    const report = (fault: unknown) => expect.fail(String(fault))
    await sweep({ db, graceSeconds: 60, requestTimeoutSeconds: 30, report })
    endWith(SUCCEEDED)
    await lost
    await carriedOut(runId, SUCCEEDED)

    expect(await told(runId)).toEqual(['claimed 1', 'handed_back 1', 'claimed 1', 'rescued 1', 'claimed 1'])
  })

  test('a run that is stopped keeps what was counted with its pages', async () => {
    const runId = await admitted()
    const stopped: Runner = async (work) => {
      await work.page(async () => ({
        done: 5,
        total: null,
        checkpoint: null,
        counts: { created: 5, unchanged: 0 },
      }))
      await db.transaction().execute((tx) => cancelRun(tx, runId, 'Ada'))
      await work.progress(5, null)
      return SUCCEEDED
    }

    await workOn(workerOf(world, stopped), runId)

    const row = await db
      .selectFrom('operation_runs')
      .select(['outcome', 'counts'])
      .where('id', '=', runId)
      .executeTakeFirstOrThrow()
    expect(row).toEqual({ outcome: 'cancelled', counts: { created: 5, unchanged: 0 } })
  })

  test.each([
    ['another kind', sql`kind = 'rescued', times = times + 1`],
    ['an earlier time', sql`first_at = first_at - interval '1 day', times = times + 1`],
    ['fewer times', sql`times = times - 1`],
  ])('not even raw SQL gives what happened %s', async (_, forged) => {
    const runId = await admitted()
    await carriedOut(runId, SUCCEEDED)

    const raw = sql`update operation_run_events set ${forged} where run_id = ${runId}`.execute(db)

    await expect(raw).rejects.toThrow(/stays as it was/)
  })
})
