import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openWorld, type World } from '../world/world.ts'
import { disturb, expectPromisesKept, roundOf } from './seeded-round.ts'
import { type Answered, type AskAtOnce, answerTo, openStarters, type Starters, tallyOf } from './starters.ts'

/*
 * Each seed draws its starts (people, tenants, operations, connections, keys, pauses at race points) and
 * what disturbs them (workers, cancels, toggles, freezes, pauses). RACES_SEED=<seed> plays one seed alone.
 */
const { RACES_SEED } = process.env
const seedsOf = (count: number): number[] => {
  if (RACES_SEED) return [Number(RACES_SEED)]
  const first = Math.floor(Math.random() * 2 ** 30)
  return Array.from({ length: count }, (_, number) => first + number)
}

async function playSeeds(
  world: World,
  seeds: readonly number[],
  starts: number,
  startAll: (asks: readonly AskAtOnce[]) => Promise<Answered[]>,
): Promise<Record<string, number>> {
  process.stdout.write(`The seeds are ${seeds[0]} to ${seeds.at(-1)}\n`)
  const tally = new Map<string, number>()
  for (const seed of seeds) {
    const round = await roundOf(world, seed, starts)
    const answered = new AbortController()
    const all = startAll(round.asks).finally(() => answered.abort())
    const [answers] = await Promise.all([all, disturb(round, answered.signal)])
    await expectPromisesKept(round, answers).catch((fault: unknown) => {
      throw new Error(`Seed ${seed} of ${starts} starts`, { cause: fault })
    })
    for (const [said, times] of Object.entries(tallyOf(answers)))
      tally.set(said, (tally.get(said) ?? 0) + times)
  }
  return Object.fromEntries(tally)
}

describe('from four processes on one PostgreSQL', () => {
  let world: World
  let starters: Starters
  beforeAll(async () => {
    world = await openWorld('postgres')
    const { native } = world.database
    starters = await openStarters(4, native.kind === 'postgres' ? native.url : '')
  })
  afterAll(async () => {
    starters.close()
    await world.close()
  }, 300_000)

  test('a thousand starts at once keep every promise, with each of a hundred seeds', async () => {
    const tally = await playSeeds(world, seedsOf(100), 1000, (asks) => starters.start(asks))

    if (!RACES_SEED)
      expect(Object.keys(tally).sort()).toEqual([
        'accepted',
        'blocked',
        'deduped',
        'key_reused',
        'scope_busy',
      ])
  }, 1_200_000)
})

describe('in one process on the embedded database', () => {
  let world: World
  beforeAll(async () => {
    world = await openWorld('embedded')
  })
  afterAll(() => world.close())

  test('thirty starts at once keep every promise, with each of twenty seeds', async () => {
    const tally = await playSeeds(world, seedsOf(20), 30, (asks) =>
      Promise.all(asks.map((ask) => answerTo(world.gate, ask))),
    )

    if (!RACES_SEED)
      expect(Object.keys(tally)).toEqual(
        expect.arrayContaining(['accepted', 'blocked', 'deduped', 'scope_busy']),
      )
  }, 1_200_000)
})
