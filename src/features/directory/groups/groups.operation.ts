import { z } from 'zod'
import type { Db } from '../../../database/index.ts'
import type { Ending } from '../../../engine/runs/index.ts'
import {
  MAKES_ROOM,
  type Runner,
  type Work,
  type WorkEnded,
  type WorkResult,
} from '../../../engine/worker/index.ts'
import { type DeltaPage, type Group, groupPages } from '../../../graph/index.ts'
import { asTenantId } from '../../../kernel/index.ts'
import { type GraphAccess, graphFor, type ProviderAccess } from '../../../providers/index.ts'
import { failedRead, signedInObserved } from '../../provider-reads/index.ts'
import { beginFullSync, keepDeltaLink, syncStateOf } from '../sync-state.sql.ts'
import { areGroupsAfter, type GroupCounts, markNotReturned, savePageOfGroups } from './save-groups.sql.ts'

const OPERATION = 'directory.groups.sync'

/**
 * `directory.groups.sync`: reads all groups the first time, and from then on only what has changed. Every page
 * is written in one commit with the place behind it, so a run that is taken up again repeats no page that was
 * written. When Microsoft no longer takes the link to the changes, everything is read anew, once, and what
 * does not come back is marked as gone.
 */
export const syncGroups =
  (access: ProviderAccess): Runner =>
  async (work) => {
    const way = await graphFor(work.db, access, work.run, work)
    if (!way.ok) return failedRead(OPERATION, way.failure, null)
    const at = whereItStopped(work) ?? (await whereToBegin(work))
    return at.reading === 'nothing_more' ? endedWith(work, way.value, at) : readFrom(work, way.value, at)
  }

/** What is counted from the first page of a run to its end. */
const counts = z.object({ seen: z.int(), created: z.int(), changed: z.int(), gone: z.int() })

/** How far a run has come: kept in its row, for whoever takes it up again. */
const place = z.discriminatedUnion('reading', [
  z.object({
    reading: z.enum(['all', 'changes']),
    fullSync: z.int(),
    /** What to read next; null for the first page of all. */
    link: z.string().nullable(),
    /** Everything is read anew because a link was not taken; that happens once in a run. */
    isAnew: z.boolean(),
    counts,
  }),
  /** Everything is read and written; what did not come back is being marked. */
  z.object({
    reading: z.literal('nothing_more'),
    fullSync: z.int(),
    /** From where changes will be read. */
    deltaLink: z.string(),
    /** Up to which group it is marked. */
    markedUpTo: z.string(),
    counts,
  }),
])
type Place = z.infer<typeof place>
type Reading = Extract<Place, { reading: 'all' | 'changes' }>
type AllRead = Exclude<Place, Reading>

const NOTHING: GroupCounts = { seen: 0, created: 0, changed: 0, gone: 0 }

/** Null as well for a checkpoint that another version of this code has left. */
const whereItStopped = ({ run }: Work): Place | null => place.safeParse(run.checkpoint).data ?? null

async function whereToBegin(work: Work): Promise<Reading> {
  const state = await syncStateOf(work.db, asTenantId(work.run.tenantId), selectionKeyOf(work))
  if (!state?.delta_link) return beginAll(work, { isAnew: false, counts: NOTHING })
  return {
    reading: 'changes',
    fullSync: state.full_sync,
    link: state.delta_link,
    isAnew: false,
    counts: NOTHING,
  }
}

/** Begins to read all groups, under a number that no reading had before. */
async function beginAll(work: Work, kept: Pick<Reading, 'isAnew' | 'counts'>): Promise<Reading> {
  let fullSync = 0
  const begun = (): Reading => ({ reading: 'all', fullSync, link: null, ...kept })
  await work.page(async (tx) => {
    fullSync = await beginFullSync(tx, asTenantId(work.run.tenantId), selectionKeyOf(work))
    return { done: 0, total: null, checkpoint: begun() }
  })
  return begun()
}

const selectionKeyOf = ({ run }: Work): string =>
  z.object({ selectionKey: z.string() }).parse(run.selection).selectionKey

/** Reads page after page to the end, or to a failure. */
async function readFrom(work: Work, graph: GraphAccess, begin: Reading): Promise<WorkResult> {
  let at = begin
  for await (const page of groupPages(graph.client, begin.link)) {
    if (!page.ok && page.failure.kind === 'sync_state_lost' && !at.isAnew)
      return readFrom(work, graph, await beginAll(work, { isAnew: true, counts: { ...at.counts, seen: 0 } }))
    if (!page.ok) return failedRead(OPERATION, page.failure, graph, told(at.counts))
    const { link } = page.value
    if (link.kind === 'next') at = await written(work, at, page.value, { ...at, link: link.url })
    else if (isCompared(at))
      return endedWith(work, graph, await written(work, at, page.value, allRead(at, link.url)))
    else return endedWithChanges(work, graph, at, page.value)
    if (work.mustMakeRoom()) return MAKES_ROOM
  }
  throw new Error('A reading of groups ended without a link to their changes')
}

/** Whether rows of an earlier reading may be there, of which this one did not tell. */
const isCompared = ({ fullSync, reading }: Reading): boolean => reading === 'all' && fullSync > 1

const allRead = ({ counts, fullSync }: Reading, deltaLink: string): AllRead => ({
  reading: 'nothing_more',
  fullSync,
  deltaLink,
  markedUpTo: '',
  counts,
})

/** Writes a page and the place behind it, which is answered with the counts of the page. */
async function written<Next extends Place>(
  work: Work,
  at: Reading,
  page: DeltaPage<Group>,
  behind: Next,
): Promise<Next> {
  let next = behind
  await work.page(async (tx) => {
    const found = await savePageOfGroups(tx, asTenantId(work.run.tenantId), readingOf(work, at), page)
    next = { ...behind, counts: sum(at.counts, found) }
    return notedAt(next)
  })
  return next
}

/** Microsoft never says how many there will be, so no total is told. */
const notedAt = (at: Place) => ({
  done: at.counts.seen,
  total: null,
  checkpoint: at,
  counts: told(at.counts),
})

/** The last page is written in the commit that ends the run, with the link to what will have changed since. */
const endedWithChanges = (
  work: Work,
  graph: GraphAccess,
  at: Reading,
  page: DeltaPage<Group>,
): WorkEnded => ({
  observed: signedInObserved(graph),
  ending: async (tx) => {
    const tenantId = asTenantId(work.run.tenantId)
    const found = await savePageOfGroups(tx, tenantId, readingOf(work, at), page)
    return succeeded(work, tx, page.link.url, sum(at.counts, found))
  },
})

/**
 * Marks what did not come back, part by part, so that no commit takes long and a wish to stop is heard; then
 * the link to what will have changed since is kept in the commit that ends the run.
 */
async function endedWith(work: Work, graph: GraphAccess, begin: AllRead): Promise<WorkResult> {
  let at: AllRead | null = begin
  let last = begin
  while (at) {
    last = at
    at = await markedFurther(work, at)
    if (at && work.mustMakeRoom()) return MAKES_ROOM
  }
  return {
    observed: signedInObserved(graph),
    ending: (tx) => succeeded(work, tx, last.deltaLink, last.counts),
  }
}

/** Marks the next part; null when there was none left, which is no step forward and gives no attempts back. */
async function markedFurther(work: Work, at: AllRead): Promise<AllRead | null> {
  if (!(await areGroupsAfter(work.db, asTenantId(work.run.tenantId), at.markedUpTo))) return null
  let next: AllRead | null = null
  await work.page(async (tx) => {
    const part = await markNotReturned(tx, asTenantId(work.run.tenantId), at.fullSync, at.markedUpTo)
    if (part.upTo === null) return notedAt(at)
    next = { ...at, markedUpTo: part.upTo, counts: { ...at.counts, gone: at.counts.gone + part.gone } }
    return notedAt(next)
  })
  return next
}

async function succeeded(work: Work, tx: Db, deltaLink: string, counts: GroupCounts): Promise<Ending> {
  await keepDeltaLink(tx, asTenantId(work.run.tenantId), selectionKeyOf(work), deltaLink)
  return { outcome: 'succeeded', counts: told(counts), finding: null }
}

const readingOf = ({ run }: Work, { fullSync }: Reading) => ({ runId: run.id, fullSync })

const sum = (a: GroupCounts, b: GroupCounts): GroupCounts => ({
  seen: a.seen + b.seen,
  created: a.created + b.created,
  changed: a.changed + b.changed,
  gone: a.gone + b.gone,
})

/** The counts as a run's page tells them. After a reading that began anew a group may count as new and as seen again. */
const told = ({ changed, created, gone, seen }: GroupCounts) => ({
  seen,
  created,
  changed,
  unchanged: Math.max(0, seen - created - changed),
  gone,
})
