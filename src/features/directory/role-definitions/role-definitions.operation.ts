import { z } from 'zod'
import type { Ending } from '../../../engine/runs/index.ts'
import type { Runner, Work, WorkEnded } from '../../../engine/worker/index.ts'
import { type Page, type RoleDefinition, roleDefinitionPages } from '../../../graph/index.ts'
import { type GraphAccess, graphFor, type ProviderAccess } from '../../../providers/index.ts'
import { failedRead, signedInObserved } from '../../provider-reads/index.ts'
import { markNotReturned, type RoleCounts, saveRoleDefinitions } from './save-role-definitions.sql.ts'

const OPERATION = 'directory.role_definitions.sync'

/**
 * `directory.role_definitions.sync`: reads all role definitions of the directory (Microsoft offers no
 * delta for them). Every page is written in one commit with the place behind it; what no page told of is
 * marked as gone in the commit that ends the run.
 */
export const syncRoleDefinitions =
  (access: ProviderAccess): Runner =>
  async (work) => {
    const way = await graphFor(work.db, access, work.run, work)
    if (!way.ok) return failedRead(OPERATION, way.failure, null)
    return readFrom(work, way.value, whereItStopped(work))
  }

/** How far a run has read: kept in its row, for whoever takes it up again. */
const place = z.object({
  /** What to read next; null for the first page. */
  link: z.string().nullable(),
  /** The reading began anew because a link was used too late; that happens once in a run. */
  isAnew: z.boolean(),
  counts: z.object({ seen: z.int(), created: z.int(), changed: z.int() }),
})
type Place = z.infer<typeof place>

const BEGINNING: Place = { link: null, isAnew: false, counts: { seen: 0, created: 0, changed: 0 } }

/** The beginning as well for a checkpoint that another version of this code has left. */
const whereItStopped = ({ run }: Work): Place => place.safeParse(run.checkpoint).data ?? BEGINNING

async function readFrom(work: Work, graph: GraphAccess, begin: Place): Promise<WorkEnded> {
  let at = begin
  for await (const page of roleDefinitionPages(graph.client, begin.link)) {
    if (!page.ok && page.failure.kind === 'page_link_expired' && !at.isAnew)
      return readFrom(work, graph, { ...at, link: null, isAnew: true })
    if (!page.ok) return failedRead(OPERATION, page.failure, graph, told(at.counts, 0))
    if (page.value.next === null) return endedWith(work, graph, at, page.value)
    at = await written(work, { ...at, link: page.value.next }, page.value)
  }
  throw new Error('A reading of role definitions ended without a last page')
}

/** Writes a page and the place behind it. */
async function written(work: Work, behind: Place, { items }: Page<RoleDefinition>): Promise<Place> {
  let next = behind
  await work.page(async (tx) => {
    const counts = await saveRoleDefinitions(tx, work.run.tenantId, work.run.id, items)
    next = { ...behind, counts: sum(behind.counts, counts) }
    return { done: next.counts.seen, total: null, checkpoint: next, counts: told(next.counts, 0) }
  })
  return next
}

/** The last page, and what is gone, are written in the commit that ends the run. */
const endedWith = (work: Work, graph: GraphAccess, at: Place, page: Page<RoleDefinition>): WorkEnded => ({
  observed: signedInObserved(graph),
  ending: async (tx): Promise<Ending> => {
    const { id, tenantId } = work.run
    const counts = sum(at.counts, await saveRoleDefinitions(tx, tenantId, id, page.items))
    const gone = await markNotReturned(tx, tenantId, id)
    return { outcome: 'succeeded', counts: told(counts, gone), finding: null }
  },
})

const sum = (a: RoleCounts, b: RoleCounts): RoleCounts => ({
  seen: a.seen + b.seen,
  created: a.created + b.created,
  changed: a.changed + b.changed,
})

const told = ({ changed, created, seen }: RoleCounts, gone: number) => ({
  seen,
  created,
  changed,
  unchanged: seen - created - changed,
  gone,
})
