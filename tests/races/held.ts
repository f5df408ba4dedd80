import { sql } from 'kysely'
import type { Db } from '../../src/database/index.ts'
import type { AtRacePoint, RacePoint } from '../../src/kernel/index.ts'

/** Somebody in a race: walks past race points and comes to an end. */
export type Walk = (at: AtRacePoint) => Promise<unknown>

/** Somebody who was stopped on the way, and can be let go. */
export interface Held {
  /** Where it got to: the point, its end, or a lock that somebody else has. */
  readonly reached: 'point' | 'end' | 'lock'
  /** Lets it go on; nothing happens when it is over or waits for a lock. */
  release(): void
  /** What it came to; throws what it threw. */
  readonly over: Promise<unknown>
}

/** Lets somebody walk until the first time it comes to a point; null means to its end. */
export async function holdAt(db: Db, walk: Walk, point: RacePoint | null): Promise<Held> {
  const arrived = Promise.withResolvers<'point'>()
  const released = Promise.withResolvers<void>()
  let passed = false
  const over = walk(async (at) => {
    if (at !== point || passed) return
    passed = true
    arrived.resolve('point')
    await released.promise
  })
  const ended = over.then(
    () => 'end' as const,
    () => 'end' as const,
  )
  return {
    reached: await endsOrWaits(db, Promise.race([arrived.promise, ended])),
    release: released.resolve,
    over,
  }
}

/** What a promise comes to, or `lock` as soon as somebody in this database waits for one. */
export async function endsOrWaits<T>(db: Db, promise: Promise<T>): Promise<T | 'lock'> {
  for (;;) {
    const first = await Promise.race([promise, pause(4)])
    if (first !== undefined) return first
    if (await somebodyWaits(db)) return 'lock'
  }
}

const pause = (milliseconds: number) => new Promise<undefined>((resolve) => setTimeout(resolve, milliseconds))

async function somebodyWaits(db: Db): Promise<boolean> {
  const { rows } = await sql`
    select 1 from pg_stat_activity
    where datname = current_database() and wait_event_type = 'Lock' and state = 'active'`.execute(db)
  return rows.length > 0
}
