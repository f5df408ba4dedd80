import { z } from 'zod'
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
import { failedRead, signedInObserved } from '../failed-read.ts'
import { beginFullSync, keepDeltaLink, syncStateOf } from '../sync-state.sql.ts'
import { type GroupCounts, markNotReturned, savePageOfGroups } from './save-groups.sql.ts'

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
    return readFrom(work, way.value, (await whereItStopped(work)) ?? (await whereToBegin(work)))
  }

/** How far a run has read: kept in its row, for whoever takes it up again. */
const place = z.object({
  reading: z.enum(['all', 'changes']),
  fullSync: z.int(),
  /** What to read next; null for the first page of all. */
  link: z.string().nullable(),
  /** Everything is read anew because a link was not taken; that happens once in a run. */
  isAnew: z.boolean(),
  counts: z.object({ seen: z.int(), created: z.int(), changed: z.int(), gone: z.int() }),
})
type Place = z.infer<typeof place>

const NOTHING: GroupCounts = { seen: 0, created: 0, changed: 0, gone: 0 }

const whereItStopped = async ({ run }: Work): Promise<Place | null> =>
  run.checkpoint === null ? null : place.parse(run.checkpoint)

async function whereToBegin(work: Work): Promise<Place> {
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
async function beginAll(work: Work, kept: Pick<Place, 'isAnew' | 'counts'>): Promise<Place> {
  let fullSync = 0
  const begun = (): Place => ({ reading: 'all', fullSync, link: null, ...kept })
  await work.page(async (tx) => {
    fullSync = await beginFullSync(tx, asTenantId(work.run.tenantId), selectionKeyOf(work))
    return { done: 0, total: null, checkpoint: begun() }
  })
  return begun()
}

const selectionKeyOf = ({ run }: Work): string =>
  z.object({ selectionKey: z.string() }).parse(run.selection).selectionKey

/** Reads page after page to the end, or to a failure. */
async function readFrom(work: Work, graph: GraphAccess, begin: Place): Promise<WorkResult> {
  let at = begin
  for await (const page of groupPages(graph.client, begin.link)) {
    if (!page.ok && page.failure.kind === 'sync_state_lost' && !at.isAnew)
      return readFrom(work, graph, await beginAll(work, { isAnew: true, counts: { ...at.counts, seen: 0 } }))
    if (!page.ok) return failedRead(OPERATION, page.failure, graph, told(at.counts))
    if (page.value.link.kind === 'delta') return endedWith(work, graph, at, page.value)
    at = await written(work, at, page.value)
    if (work.mustMakeRoom()) return MAKES_ROOM
  }
  throw new Error('A reading of groups ended without a link to their changes')
}

/** Writes a page and the place behind it. */
async function written(work: Work, at: Place, page: DeltaPage<Group>): Promise<Place> {
  let next = at
  await work.page(async (tx) => {
    const counts = await savePageOfGroups(tx, asTenantId(work.run.tenantId), readingOf(work, at), page)
    next = { ...at, link: page.link.url, counts: sum(at.counts, counts) }
    return { done: next.counts.seen, total: null, checkpoint: next }
  })
  return next
}

/** The last page is written in the commit that ends the run, with the link to what will have changed since. */
const endedWith = (work: Work, graph: GraphAccess, at: Place, page: DeltaPage<Group>): WorkEnded => ({
  observed: signedInObserved(graph),
  ending: async (tx) => {
    const tenantId = asTenantId(work.run.tenantId)
    const counts = sum(at.counts, await savePageOfGroups(tx, tenantId, readingOf(work, at), page))
    const notReturned = at.reading === 'all' ? await markNotReturned(tx, tenantId, at.fullSync) : 0
    await keepDeltaLink(tx, tenantId, selectionKeyOf(work), page.link.url)
    return {
      outcome: 'succeeded',
      counts: told({ ...counts, gone: counts.gone + notReturned }),
      finding: null,
    }
  },
})

const readingOf = ({ run }: Work, { fullSync }: Place) => ({ runId: run.id, fullSync })

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
