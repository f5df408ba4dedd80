import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { sql } from 'kysely'
import { afterAll, describe, expect, test } from 'vitest'
import { type Database, migrate, openDatabase } from '../../src/database/index.ts'
import { openQueue } from '../../src/engine/queue/index.ts'
import type { RacePoint } from '../../src/kernel/index.ts'
import { freshDatabase } from '../world/databases.ts'
import { expectInvariants } from '../world/invariants.ts'
import { worldOn } from '../world/world.ts'
import { type Life, live, type Mortal, noMoreLives } from './lives.ts'

/**
 * Where the processes die, one after the other; null is a moment by chance. A rescue needs a run whose
 * worker died, so those come after deaths that leave one.
 */
const DEATHS: readonly (RacePoint | null)[] = [
  'after_facts',
  'before_commit',
  'after_commit',
  null,
  'before_claim',
  'after_claim',
  'before_rescue',
  'before_finish',
  'after_rescue',
  null,
  'in_finish',
  null,
  'after_finish',
  'after_claim',
  'after_rescue',
  null,
  'before_finish',
  'before_rescue',
  null,
  'after_commit',
]
const LONGEST_LIFE_MS = 30_000

type Prepared = Omit<Life, 'doom' | 'starts' | 'sweeps'>

async function prepare(database: Database, location: Life['database']): Promise<Prepared> {
  const world = worldOn(database)
  const workspace = await world.workspace()
  await sql`create table journal (run_id bigint, token bigint, primary key (run_id, token))`.execute(
    database.db,
  )
  return {
    database: location,
    actor: await world.person(workspace, 'operator'),
    tenants: await Promise.all(Array.from({ length: 6 }, () => world.readyTenant(workspace))),
    operations: ['directory.role_definitions.sync', 'provider.connection.check', 'directory.groups.sync'],
  }
}

/** Lives until it dies where it was told to, or by our hand after a while; its faults are nobody's. */
async function liveAndDie(life: Life): Promise<void> {
  const mortal = live(life)
  await mortal.alive
  if (!life.doom) await new Promise((resolve) => setTimeout(resolve, 50 + Math.random() * 700))
  const patience = setTimeout(() => mortal.kill(), LONGEST_LIFE_MS)
  if (!life.doom) mortal.kill()
  const began = performance.now()
  const { signal } = await mortal.gone
  clearTimeout(patience)
  expect(mortal.faults).toEqual([])
  expect(signal).toBe('SIGKILL')
  if (life.doom && performance.now() - began >= LONGEST_LIFE_MS)
    expect.fail(`no process ever came to ${life.doom.point}`)
}

async function dieTwentyTimes(prepared: Prepared): Promise<void> {
  for (const point of DEATHS)
    await liveAndDie({
      ...prepared,
      starts: true,
      sweeps: true,
      doom: point && { point, passage: point.endsWith('rescue') ? 1 : 1 + Math.floor(Math.random() * 3) },
    })
}

/** A last life that starts nothing and ends when everything is done. */
async function finishEverything(prepared: Prepared): Promise<void> {
  const last = live({ ...prepared, starts: false, sweeps: true, doom: null })
  expect(await last.gone).toEqual({ code: 0, signal: null, drained: true })
  expect(last.faults).toEqual([])
}

async function expectEverythingDoneOnce({ db }: Database): Promise<void> {
  await expectInvariants(db)
  const { rows } = await sql<{ outcome: string; reason: string | null; runs: number }>`
    select outcome, reason ->> 'code' as reason, count(*)::int as runs from operation_runs group by 1, 2`.execute(
    db,
  )
  const runs = new Map(rows.map((row) => [row.reason ?? row.outcome, row.runs]))
  expect(runs.get('succeeded')).toBeGreaterThan(5)
  expect([...runs.keys()].filter((how) => how !== 'succeeded' && how !== 'run_stale')).toEqual([])
  const { rows: stale } = await sql`
    select id from operation_runs where outcome = 'failed' and attempt < 3`.execute(db)
  expect(stale).toEqual([])
  const { rows: unwitnessed } = await sql`
    select id from operation_runs r where outcome = 'succeeded' and not exists (
      select 1 from journal j where j.run_id = r.id)`.execute(db)
  expect(unwitnessed).toEqual([])
}

describe('processes that die twenty times', () => {
  afterAll(noMoreLives)

  test('on the embedded database lose nothing and do nothing twice', { timeout: 300_000 }, async () => {
    const directory = mkdtempSync(join(tmpdir(), 'tenantpilot-kills-'))
    try {
      const location = { kind: 'embedded', directory: join(directory, 'data') } as const
      const first = await openDatabase(location)
      await migrate(first.db)
      const queue = await openQueue(first, () => {})
      await queue.stop()
      const prepared = await prepare(first, location)
      await first.close()

      await dieTwentyTimes(prepared)
      await finishEverything(prepared)

      const after = await openDatabase(location)
      await expectEverythingDoneOnce(after).finally(() => after.close())
    } finally {
      rmSync(directory, { recursive: true, force: true })
    }
  })

  test('on PostgreSQL, beside one that goes on, lose nothing and do nothing twice', {
    timeout: 300_000,
  }, async () => {
    const database = await freshDatabase('postgres')
    let survivor: Mortal | undefined
    try {
      const { native } = database
      const url = native.kind === 'postgres' ? native.url : ''
      const prepared = await prepare(database, { kind: 'postgres', url })
      survivor = live({ ...prepared, starts: true, sweeps: false, doom: null })
      await survivor.alive

      await dieTwentyTimes(prepared)
      survivor.kill()
      await survivor.gone
      expect(survivor.faults).toEqual([])
      await finishEverything(prepared)

      await expectEverythingDoneOnce(database)
    } finally {
      survivor?.kill()
      await database.close()
    }
  })
})
