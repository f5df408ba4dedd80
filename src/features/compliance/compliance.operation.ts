import { z } from 'zod'
import { PERMISSION } from '../../engine/catalog/index.ts'
import type { Reason } from '../../engine/reasons/index.ts'
import type { Ending, ItemFailure } from '../../engine/runs/index.ts'
import {
  MAKES_ROOM,
  type Runner,
  type Work,
  type WorkEnded,
  type WorkResult,
} from '../../engine/worker/index.ts'
import {
  type ComplianceSummary,
  type GraphFailure,
  type ManagedDevice,
  managedDevicePages,
  type Page,
  readComplianceSummary,
} from '../../graph/index.ts'
import { asTenantId } from '../../kernel/index.ts'
import { type GraphAccess, graphFor, type ProviderAccess } from '../../providers/index.ts'
import { anewFrom, failedRead, refusedObserved, signedInObserved } from '../provider-reads/index.ts'
import { type DevicesReading, markNotReturned, saveDevices } from './save-devices.sql.ts'
import { saveSnapshot } from './snapshots.sql.ts'

const OPERATION = 'compliance.snapshot'

/**
 * `compliance.snapshot`: reads what Microsoft counts of a directory's devices, then every device, page by page; there
 * is no delta for them. Every page is written in one commit with the place behind it. What the devices come to, and
 * which of them are gone, is known only after the last page and is written in the commit that ends the run: a run that
 * comes to no end leaves no snapshot. Without Microsoft's own counts it ends partly.
 */
export const snapshotCompliance =
  (access: ProviderAccess): Runner =>
  async (work) => {
    const way = await graphFor(work.db, access, work.run, work)
    if (!way.ok) return failedRead(OPERATION, way.failure, null)
    const at = whereItStopped(work)
    if (at.reading !== 'summary') return readFrom(work, way.value, at)
    const begun = await readSummary(work, way.value)
    return 'ended' in begun ? begun.ended : readFrom(work, way.value, begun)
  }

/** Microsoft's own counts could not be read: why, and what it said. */
type Refused = {
  readonly reason: Reason
  readonly told: readonly Pick<ItemFailure, 'code' | 'message' | 'count'>[]
}

/** How far a run has come: kept in its row, for whoever takes it up again. */
const place = z.object({
  reading: z.enum(['summary', 'devices', 'nothing_more']),
  /** The page to read next; null for the first. */
  link: z.string().nullable(),
  /** When the reading of devices began anew because a link was used too late; that happens once in a run. */
  anewSince: z.string().nullable(),
  summary: z.custom<ComplianceSummary>().nullable(),
  refused: z.custom<Refused>().nullable(),
  counts: z.object({ seen: z.int(), created: z.int(), changed: z.int() }),
})
type Place = z.infer<typeof place>

const BEGINNING: Place = {
  reading: 'summary',
  link: null,
  anewSince: null,
  summary: null,
  refused: null,
  counts: { seen: 0, created: 0, changed: 0 },
}

/** The beginning as well for a checkpoint that another version of this code has left. */
const whereItStopped = ({ run }: Work): Place => place.safeParse(run.checkpoint).data ?? BEGINNING

/** Reads Microsoft's own counts; what refuses them alone does not keep the devices from being read. */
async function readSummary(work: Work, graph: GraphAccess): Promise<Place | { readonly ended: WorkEnded }> {
  const summary = await readComplianceSummary(graph.client)
  const failed = summary.ok
    ? null
    : failedRead(OPERATION, summary.failure, graph, {}, [PERMISSION.configuration])
  if (!summary.ok && failed && !refusesAlone(summary.failure)) return { ended: failed }
  const behind: Place = {
    ...BEGINNING,
    reading: 'devices',
    summary: summary.ok ? summary.value : null,
    refused: failed && refusalIn(failed),
  }
  await work.page(async () => notedAt(behind))
  return behind
}

const refusesAlone = ({ kind }: GraphFailure): boolean =>
  kind === 'permission_missing' || kind === 'rejected_request' || kind === 'not_found'

function refusalIn({ ending }: WorkEnded): Refused {
  if (typeof ending === 'function' || ending.outcome !== 'failed')
    throw new Error('A failed reading has another ending than a failure.')
  return { reason: ending.reason, told: ending.failures }
}

/** Reads page after page to the end, or to a failure. */
async function readFrom(work: Work, graph: GraphAccess, begin: Place): Promise<WorkResult> {
  if (begin.reading === 'nothing_more') return endedWith(work, graph, begin)
  let at = begin
  for await (const page of managedDevicePages(graph.client, begin.link)) {
    if (!page.ok && page.failure.kind === 'page_link_expired' && !at.anewSince)
      return readFrom(work, graph, await begunAnew(work, at))
    if (!page.ok) return failedRead(OPERATION, page.failure, graph, told(at, 0), [PERMISSION.managedDevices])
    at = await written(work, at, page.value)
    if (at.reading === 'nothing_more') return endedWith(work, graph, at)
    if (work.mustMakeRoom()) return MAKES_ROOM
  }
  throw new Error('A reading of devices ended without a last page')
}

/** The first page once more; what was seen before, and does not come again, is gone. */
const begunAnew = async ({ db }: Work, at: Place): Promise<Place> => ({
  ...at,
  link: null,
  anewSince: await anewFrom(db),
  counts: { ...at.counts, seen: 0 },
})

/** Writes a page and the place behind it. */
async function written(work: Work, at: Place, { items, next }: Page<ManagedDevice>): Promise<Place> {
  let behind: Place = next === null ? { ...at, reading: 'nothing_more', link: null } : { ...at, link: next }
  await work.page(async (tx) => {
    const { changed, created, seen } = await saveDevices(tx, readingOf(work, at), items)
    const { counts } = at
    behind = {
      ...behind,
      counts: {
        seen: counts.seen + seen,
        created: counts.created + created,
        changed: counts.changed + changed,
      },
    }
    return notedAt(behind)
  })
  return behind
}

const readingOf = ({ run }: Work, { anewSince }: Place): DevicesReading => ({
  tenantId: asTenantId(run.tenantId),
  runId: run.id,
  anewSince,
})

/** Microsoft does not say how many devices a list will tell of, so no total is told. */
const notedAt = (at: Place) => ({
  done: at.counts.seen,
  total: null,
  checkpoint: at,
  counts: told(at, 0),
})

/** Every device is written: what did not come is gone, and the snapshot is kept in the commit that ends the run. */
const endedWith = (work: Work, graph: GraphAccess, at: Place): WorkEnded => ({
  observed: at.refused ? refusedObserved(OPERATION, at.refused.reason, graph) : signedInObserved(graph),
  ending: async (tx): Promise<Ending> => {
    const reading = readingOf(work, at)
    const counts = told(at, await markNotReturned(tx, reading))
    await saveSnapshot(tx, reading, at.summary)
    if (!at.refused) return { outcome: 'succeeded', counts, finding: null }
    const { reason, told: failures } = at.refused
    return { outcome: 'partially_succeeded', counts: { ...counts, failed: 1 }, reason, failures }
  },
})

/** After a reading that began anew a device may count as new and as seen again. */
const told = ({ counts: { changed, created, seen } }: Place, gone: number) => ({
  seen,
  created,
  changed,
  unchanged: Math.max(0, seen - created - changed),
  gone,
})
