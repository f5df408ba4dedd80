import { sql } from 'kysely'
import { afterAll, expect, test } from 'vitest'
import type { RacePoint } from '../../src/kernel/index.ts'
import { freshDatabase } from '../world/databases.ts'
import { expectInvariants } from '../world/invariants.ts'
import { worldOn } from '../world/world.ts'
import { type Life, live, type Mortal, noMoreLives } from './lives.ts'

/** Where processes die between the end of one run and the admission of the next; null is a moment by chance. */
const DEATHS: readonly (RacePoint | null)[] = [
  'in_finish',
  'after_finish',
  'before_advance',
  'after_facts',
  'before_commit',
  'after_commit',
  'after_advance',
  null,
  'before_advance',
  'after_finish',
  'after_advance',
  null,
]
const LONGEST_LIFE_MS = 30_000

afterAll(noMoreLives)

/** Lives until it dies where it was told to, or by our hand after a while; its faults are nobody's. */
async function liveAndDie(life: Life): Promise<void> {
  const mortal = live(life)
  await mortal.alive
  if (!life.doom) await new Promise((resolve) => setTimeout(resolve, 100 + Math.random() * 700))
  const patience = setTimeout(() => mortal.kill(), LONGEST_LIFE_MS)
  if (!life.doom) mortal.kill()
  const { signal } = await mortal.gone
  clearTimeout(patience)
  expect(mortal.faults).toEqual([])
  expect(signal).toBe('SIGKILL')
}

test('two people get in line while processes die twelve times: the order is kept, none is lost, none doubled', {
  timeout: 300_000,
}, async () => {
  const database = await freshDatabase('postgres')
  const { db, native } = database
  let survivor: Mortal | undefined
  try {
    const world = worldOn(database)
    const workspace = await world.workspace()
    await sql`create table journal (run_id bigint, token bigint, primary key (run_id, token))`.execute(db)
    const life = {
      database: { kind: 'postgres', url: native.kind === 'postgres' ? native.url : '' } as const,
      actor: await world.person(workspace, 'operator', 'Clicker'),
      waiting: [
        await world.person(workspace, 'operator', 'Ada'),
        await world.person(workspace, 'operator', 'Ben'),
      ],
      tenants: await Promise.all(Array.from({ length: 3 }, () => world.readyTenant(workspace))),
      operations: [
        'directory.role_definitions.sync',
        'provider.connection.check',
        'directory.groups.sync',
      ] as const,
    }
    survivor = live({ ...life, starts: true, sweeps: false, doom: null })
    await survivor.alive

    for (const point of DEATHS)
      await liveAndDie({ ...life, starts: true, sweeps: true, doom: point && { point, passage: 1 } })
    survivor.kill()
    await survivor.gone
    expect(survivor.faults).toEqual([])
    const last = live({ ...life, starts: false, sweeps: true, doom: null })
    expect(await last.gone).toEqual({ code: 0, signal: null, drained: true })
    expect(last.faults).toEqual([])

    await expectInvariants(db)
    const { rows } = await sql<{ state: string; starts: number; runs: number; people: number }>`
      select state, count(*)::int as starts, count(distinct run_id)::int as runs,
        count(distinct person_id)::int as people from waiting_starts group by state`.execute(db)
    const came = new Map(rows.map((row) => [row.state, row]))
    expect([...came.keys()].filter((state) => state !== 'started' && state !== 'joined')).toEqual([])
    const started = came.get('started')
    expect(started?.starts).toBeGreaterThan(10)
    expect(started?.runs).toBe(started?.starts)
    expect(started?.people).toBe(2)
  } finally {
    survivor?.kill()
    await database.close()
  }
})
