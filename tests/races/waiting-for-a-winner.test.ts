import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { PersonalActor } from '../../src/access/index.ts'
import { type Database, type Db, openDatabase } from '../../src/database/index.ts'
import { type StartAnswer, start } from '../../src/engine/gate/index.ts'
import { openWorld, type SeededTenant, startAsk, type World } from '../world/world.ts'

const SYNC = 'directory.role_definitions.sync'
const CHECK = 'provider.connection.check'

let world: World
let db: Db
let workspace: number
let operator: PersonalActor
beforeAll(async () => {
  world = await openWorld('postgres')
  db = world.database.db
  workspace = await world.workspace()
  operator = await world.person(workspace, 'operator')
})
afterAll(() => world.close())

type Ready = SeededTenant & { connectionId: number }

/** A transaction of somebody else, held open until it is told how to end. */
async function heldOpen(work: (tx: Db) => Promise<unknown>) {
  const end = Promise.withResolvers<'commit' | 'rollback'>()
  const begun = Promise.withResolvers<void>()
  const over = db
    .transaction()
    .execute(async (tx) => {
      await work(tx)
      begun.resolve()
      if ((await end.promise) === 'rollback') throw new Error('rolled back')
    })
    .catch(() => {})
  await begun.promise
  return async (how: 'commit' | 'rollback') => {
    end.resolve(how)
    await over
  }
}

/** The winner: a start whose commit is not yet decided. */
const starts = (tenant: Ready, operation: string) => (tx: Db) =>
  start({ ...world.gate, db: tx }, startAsk(operator, tenant, operation))

/** Resolves once that many sessions wait for a lock. */
async function waiting(count: number): Promise<void> {
  for (;;) {
    const { rows } = await sql<{ n: number }>`
      select count(*) as n from pg_stat_activity
      where datname = current_database() and wait_event_type = 'Lock'`.execute(db)
    if ((rows[0]?.n ?? 0) >= count) return
    await new Promise((resolve) => setTimeout(resolve, 10))
  }
}

const kindOf = (answer: StartAnswer) => (answer.kind === 'decided' ? answer.outcome.kind : answer.kind)
const runOf = (answer: StartAnswer) => (answer.kind === 'decided' ? answer.outcome.run.id : null)

describe('starts that wait for an undecided winner', () => {
  test('the winner rolls back: exactly one of the waiting is accepted, the rest join it', async () => {
    const tenant = await world.readyTenant(workspace)
    const winnerEnds = await heldOpen(starts(tenant, SYNC))

    const others = Array.from({ length: 8 }, () => world.start(operator, tenant, SYNC))
    await waiting(8)
    await winnerEnds('rollback')
    const answers = await Promise.all(others)

    expect(answers.map(kindOf).sort()).toEqual(['accepted', ...Array(7).fill('deduped')])
    expect(new Set(answers.map(runOf)).size).toBe(1)
    const runs = await db
      .selectFrom('operation_runs')
      .select('id')
      .where('tenant_id', '=', tenant.id)
      .execute()
    expect(runs.map(({ id }) => id)).toEqual([runOf(answers[0] as StartAnswer)])
  })

  test('the winner commits: everybody is told about its run', async () => {
    const tenant = await world.readyTenant(workspace)
    const winnerEnds = await heldOpen(starts(tenant, CHECK))

    const others = Array.from({ length: 4 }, () => world.start(operator, tenant, SYNC))
    await waiting(4)
    await winnerEnds('commit')

    expect((await Promise.all(others)).map(kindOf)).toEqual(Array(4).fill('scope_busy'))
  })

  test('while a start waits, the ground it was decided on cannot be taken away', async () => {
    const tenant = await world.readyTenant(workspace)
    const winnerEnds = await heldOpen(starts(tenant, SYNC))
    const asked = world.start(operator, tenant, SYNC)
    await waiting(1)

    const impatiently = (change: (tx: Db) => Promise<unknown>) =>
      db.transaction().execute(async (tx) => {
        await sql`set local lock_timeout = '100ms'`.execute(tx)
        await change(tx)
      })
    const disable = impatiently((tx) =>
      tx
        .updateTable('provider_connections')
        .set({ is_enabled: false })
        .where('id', '=', tenant.connectionId)
        .execute(),
    )
    const freeze = impatiently((tx) =>
      tx
        .insertInto('freeze_windows')
        .values({ tenant_id: tenant.id, why: 'audit', author_name: 'Ada' })
        .execute(),
    )

    await Promise.all([disable, freeze].map((change) => expect(change).rejects.toThrow(/lock timeout/)))
    await winnerEnds('rollback')
    expect(kindOf(await asked)).toBe('accepted')
  })
})

describe('a run whose row a worker has locked', () => {
  let impatient: Database
  beforeAll(async () => {
    const { native } = world.database
    const url = new URL(native.kind === 'postgres' ? native.url : '')
    url.searchParams.set('options', '-c timezone=UTC -c lock_timeout=100ms')
    impatient = await openDatabase({ kind: 'postgres', url: url.href })
  })
  afterAll(() => impatient.close())

  test('keeps nobody waiting: a start is told at once that it is under way, or busy', async () => {
    const tenant = await world.readyTenant(workspace)
    await world.start(operator, tenant, SYNC)
    const workerEnds = await heldOpen((tx) =>
      sql`select 1 from operation_runs where tenant_id = ${tenant.id} for update`.execute(tx),
    )
    const gate = { ...world.gate, db: impatient.db }

    const answers = [
      await start(gate, startAsk(operator, tenant, SYNC)),
      await start(gate, startAsk(operator, tenant, CHECK)),
    ]

    expect(answers.map(kindOf)).toEqual(['deduped', 'scope_busy'])
    await workerEnds('commit')
  })
})
