import type { DatabaseLocation } from '../../src/database/index.ts'
import { median } from './measure.ts'
import { type Asked, processOf } from './processes.ts'
import type { BenchDirectory, ToSandbox } from './sync-sandbox.ts'
import type { Memory, Synced, ToWorker, What } from './sync-worker.ts'

/** Where a worker works: a fresh database, and a directory of the sandbox. */
export interface Place {
  at(): Promise<DatabaseLocation>
  readonly sandbox: Asked<ToSandbox>
  readonly sandboxUrl: string
  readonly directory: BenchDirectory
}

/** One round, in milliseconds. */
export interface FirstRound {
  readonly read: number
  readonly readAsWeDo: number
  readonly sync: number
}

/** What one size of directory came to; times in milliseconds, memory in megabytes. */
export interface SizeMeasured {
  readonly groups: number
  readonly first: number
  readonly memory: { readonly before: number; readonly growth: number; readonly embedded: number }
  readonly unchanged: Incremental
  readonly changed: Incremental
}

interface Incremental {
  readonly ms: number
  readonly requests: number
  /** How many groups it told of. */
  readonly seen: number
}

const CHANGES = 100

/** First syncs and readings of the same pages for nothing, in turn; the first round of each only warms up. */
export async function firstSyncs(place: Place, rounds: number): Promise<FirstRound[]> {
  const worker = await workerAt(place)
  const all: FirstRound[] = []
  for (let round = 0; round <= rounds; round++) {
    const read = await worker.ask<number>({ kind: 'read' })
    const readAsWeDo = await worker.ask<number>({ kind: 'read_as_we_do' })
    const { ms } = await worker.ask<Synced>({ kind: 'sync' })
    await worker.ask({ kind: 'forget' })
    all.push({ read, readAsWeDo, sync: ms })
  }
  await ended(worker)
  return all.slice(1)
}

/** One round of what is always read whole, in milliseconds. */
export interface WholeRound extends FirstRound {
  /** The same once more, with nothing changed. */
  readonly again: number
}

/** As `firstSyncs`, for what Microsoft tells no changes of; each first reading is followed by a second. */
export async function wholeReadings(place: Place, what: What, rounds: number): Promise<WholeRound[]> {
  const worker = await workerAt(place)
  const all: WholeRound[] = []
  for (let round = 0; round <= rounds; round++) {
    const read = await worker.ask<number>({ kind: 'read', what })
    const readAsWeDo = await worker.ask<number>({ kind: 'read_as_we_do', what })
    const first = await worker.ask<Synced>({ kind: 'sync', what })
    const again = await worker.ask<Synced>({ kind: 'sync', what })
    await worker.ask({ kind: 'forget' })
    all.push({ read, readAsWeDo, sync: first.ms, again: again.ms })
  }
  await ended(worker)
  return all.slice(1)
}

/** Each size on a database and with a worker of its own. */
export async function growing(places: readonly Place[], rounds: number): Promise<SizeMeasured[]> {
  const all: SizeMeasured[] = []
  for (const place of places) {
    const worker = await workerAt(place)
    const before = await worker.ask<Memory>({ kind: 'memory' })
    const first = await worker.ask<Synced>({ kind: 'sync' })
    const after = await worker.ask<Memory>({ kind: 'memory' })
    const memory = {
      before: before.resident,
      growth: after.peak - before.resident,
      embedded: after.embedded,
    }
    await incremental(place, worker, 0) // warms up
    const unchanged = await inRounds(rounds, () => incremental(place, worker, 0))
    const changed = await inRounds(rounds, () => incremental(place, worker, CHANGES))
    all.push({ groups: place.directory.groups, first: first.ms, memory, unchanged, changed })
    await ended(worker)
  }
  return all
}

/** As `docs/configuration.md` has a worker started where memory is scarce. */
const LITTLE_GARBAGE = ['--max-semi-space-size=2']

async function workerAt({ at, directory, sandboxUrl }: Place): Promise<Asked<ToWorker>> {
  const worker = processOf<ToWorker>('sync-worker.ts', LITTLE_GARBAGE)
  await worker.ask({ kind: 'open', at: await at(), sandboxUrl, directory })
  return worker
}

async function ended(worker: Asked<ToWorker>): Promise<void> {
  await worker.ask({ kind: 'close' })
  worker.end()
}

async function incremental(
  { directory, sandbox }: Place,
  worker: Asked<ToWorker>,
  changes: number,
): Promise<Incremental> {
  if (changes > 0) await sandbox.ask({ kind: 'change', directory: directory.id, changes })
  const asked = () => sandbox.ask<number>({ kind: 'requests', directory: directory.id })
  const before = await asked()
  const { counts, ms } = await worker.ask<Synced>({ kind: 'sync' })
  return { ms, requests: (await asked()) - before, seen: counts.seen ?? 0 }
}

async function inRounds(rounds: number, round: () => Promise<Incremental>): Promise<Incremental> {
  const all: Incremental[] = []
  for (let number = 0; number < rounds; number++) all.push(await round())
  return {
    ms: median(all.map(({ ms }) => ms)),
    requests: Math.max(...all.map(({ requests }) => requests)),
    seen: median(all.map(({ seen }) => seen)),
  }
}
