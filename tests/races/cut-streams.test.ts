import { randomInt, randomUUID } from 'node:crypto'
import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { PersonalActor } from '../../src/access/index.ts'
import type { Db } from '../../src/database/index.ts'
import { asWorkspaceId } from '../../src/kernel/index.ts'
import { createLiveFeed, type LiveFeed } from '../../src/web/live/feed.ts'
import { openStream } from '../../src/web/live/stream.ts'
import { type LiveReader, liveReader } from '../world/live-events.ts'
import { openWorld, type World } from '../world/world.ts'

const SYNC = 'directory.role_definitions.sync'
const RUNS = 12
const ROUNDS = 8

let world: World
let live: LiveFeed
let actor: PersonalActor
let runs: number[]
let watcher: Omit<Parameters<typeof openStream>[1], 'since'>
beforeAll(async () => {
  world = await openWorld('postgres')
  live = createLiveFeed(world.database)
  const workspaceId = await world.workspace()
  actor = await world.person(workspaceId, 'operator')
  const sessionId = randomUUID()
  const expires_at = new Date(Date.now() + 3_600_000)
  const session = { id: sessionId, user_id: actor.userId, token: sessionId, expires_at }
  await world.database.db.insertInto('sessions').values(session).execute()
  watcher = { actor, sessionId, workspaceId: asWorkspaceId(workspaceId) }
  runs = []
  for (let number = 0; number < RUNS; number++) {
    const answer = await world.start(actor, await world.readyTenant(workspaceId), SYNC)
    runs.push(answer.kind === 'decided' ? answer.outcome.run.id : 0)
  }
})
afterAll(async () => {
  await live?.close()
  await world?.close()
})

/** A row of random numbers that a seed gives again. */
function randomOf(seed: number) {
  let state = seed
  return (below: number) => {
    state = (Math.imul(state, 1_103_515_245) + 12_345) & 0x7fffffff
    return Math.floor((state / 0x80000000) * below)
  }
}

const change = (db: Db, runId: number) =>
  sql`update operation_runs set tries = tries + 1 where id = ${runId}`.execute(db)

const read = (since: string | null) => {
  const stream = openStream({ db: world.database.db, live }, { ...watcher, since })
  if (!stream) throw new Error('No stream is to be had')
  return liveReader(stream)
}

/** A change that is committed only when it is told to. */
function slowChange(runId: number) {
  const begun = Promise.withResolvers<void>()
  const end = Promise.withResolvers<void>()
  const done = world.database.db.transaction().execute(async (tx) => {
    await change(tx, runId)
    begun.resolve()
    await end.promise
  })
  return {
    begun: begun.promise,
    commit() {
      end.resolve()
      return done
    },
  }
}

/** The connection on which the process listens is cut, as by a network. */
const cutListening = () =>
  sql`select pg_terminate_backend(pid) from pg_stat_activity
    where datname = current_database() and query ilike 'listen%'`.execute(world.database.db)

const SEEDS = [randomInt(1e6), randomInt(1e6), randomInt(1e6)]

type Random = ReturnType<typeof randomOf>

test.each(SEEDS)('a stream that is cut again and again misses no change (seed %i)', async (seed) => {
  const below = randomOf(seed)
  let reader = read(null)
  let position = (await reader.next())?.id ?? ''

  for (let round = 0; round < ROUNDS; round++) {
    const { changed, commitLate } = await disturbed(below, async () => {
      await reader.cut()
      reader = read(position)
    })
    await commitLate()
    await change(world.database.db, runs[0] ?? 0)
    position = await toldAll(reader, [...changed, runs[0] ?? 0])
  }
  await reader.cut()
})

/** Changes some operations: at once, or begun now and committed before or after the stream was cut, if it is. */
async function disturbed(below: Random, cut: () => Promise<void>) {
  const changed = runs.slice(1).filter(() => below(3) === 0)
  const slow = changed.filter(() => below(2) === 0)
  const pending = slow.map(slowChange)
  await Promise.all(pending.map(({ begun }) => begun))
  if (below(2)) await change(world.database.db, runs[0] ?? 0)
  if (below(2)) await cutListening()
  const early = pending.slice(0, below(pending.length + 1))
  for (const one of early) await one.commit()
  for (const id of changed) if (!slow.includes(id)) await change(world.database.db, id)
  if (below(3)) await cut()
  const commitLate = async () => {
    for (const one of pending) if (!early.includes(one)) await one.commit()
  }
  return { changed, commitLate }
}

/** Reads until everything was told; fails once a position is passed by which all of it had to be told. */
async function toldAll(reader: LiveReader, changed: readonly number[]): Promise<string> {
  const missing = new Set(changed)
  const sentinel = changed.at(-1) ?? 0
  for (;;) {
    const event = await reader.next()
    if (!event) throw new Error('The stream ended')
    for (const { id } of event.changes) missing.delete(id)
    if (await isSeen(event.id, sentinel)) {
      expect([...missing]).toEqual([])
      return event.id
    }
  }
}

/** Whether the last change of an operation is behind a position. */
async function isSeen(position: string, runId: number): Promise<boolean> {
  const { rows } = await sql<{ seen: boolean }>`
    select changed_by < ${position}::xid8 as seen from operation_runs where id = ${runId}`.execute(
    world.database.db,
  )
  return rows[0]?.seen === true
}
