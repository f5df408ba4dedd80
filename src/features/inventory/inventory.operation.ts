import { z } from 'zod'
import { POLICY_TYPES, type PolicyType } from '../../engine/catalog/index.ts'
import {
  MAKES_ROOM,
  type Runner,
  type Work,
  type WorkEnded,
  type WorkResult,
} from '../../engine/worker/index.ts'
import { type GraphFailure, type Page, policyPages, type RawPolicy } from '../../graph/index.ts'
import { asTenantId } from '../../kernel/index.ts'
import { type GraphAccess, graphFor, type ProviderAccess } from '../../providers/index.ts'
import { anewFrom, failedRead, signedInObserved } from '../provider-reads/index.ts'
import { inParts, itemsOf } from './complete-items.ts'
import { INVENTORY_TYPES } from './inventory-types.ts'
import { endingOf, type Refused, refusalOf } from './refused-types.ts'
import {
  endReading,
  type Item,
  type ItemCounts,
  type ItemsReading,
  refuseReading,
  saveItems,
  writtenBefore,
} from './save-items.sql.ts'

const OPERATION = 'inventory.sync'

/**
 * `inventory.sync`: reads the policies of the selected types, one type after the other; Microsoft offers no delta for
 * them. Every part of a page is written in one commit with the place behind it. A type that is refused is left out, and
 * the run ends partly; of a type that was read to its end, what did not come is marked as gone.
 */
export const syncInventory =
  (access: ProviderAccess): Runner =>
  async (work) => {
    const way = await graphFor(work.db, access, work.run, work)
    if (!way.ok) return failedRead(OPERATION, way.failure, null)
    const types = typesOf(work)
    let at = whereItStopped(work)
    while (at.type < types.length) {
      const next = await readType(work, way.value, at, types[at.type] as PolicyType)
      if ('result' in next) return next.result
      at = next
      if (at.type < types.length && work.mustMakeRoom()) return MAKES_ROOM
    }
    return endedWith(way.value, at, types)
  }

/** How far a run has come: kept in its row, for whoever takes it up again. */
const place = z.object({
  /** Which of its types is being read. */
  type: z.int(),
  /** The page to read next, or the one that is being written; null for the first. */
  link: z.string().nullable(),
  /** When the reading of this type began anew because a link was used too late; that happens once for a type. */
  anewSince: z.string().nullable(),
  /** How many policies of this type were seen. */
  seen: z.int(),
  counts: z.object({ seen: z.int(), created: z.int(), changed: z.int(), gone: z.int() }),
  refused: z.array(z.custom<Refused>()),
})
type Place = z.infer<typeof place>

const BEGINNING: Place = {
  type: 0,
  link: null,
  anewSince: null,
  seen: 0,
  counts: { seen: 0, created: 0, changed: 0, gone: 0 },
  refused: [],
}

/** The beginning as well for a checkpoint that another version of this code has left. */
const whereItStopped = ({ run }: Work): Place => place.safeParse(run.checkpoint).data ?? BEGINNING

const typesOf = ({ run }: Work): readonly PolicyType[] =>
  z.object({ types: z.array(z.enum(POLICY_TYPES)) }).parse(run.selection).types

/** The place behind a type, or with what the run comes back before that. */
type Read = Place | { readonly result: WorkResult }

async function readType(work: Work, graph: GraphAccess, begin: Place, type: PolicyType): Promise<Read> {
  const { anewSince } = begin
  const reading = { tenantId: asTenantId(work.run.tenantId), type, runId: work.run.id, anewSince }
  let at = begin
  for await (const page of policyPages(graph.client, INVENTORY_TYPES[type], begin.link)) {
    if (!page.ok) return lostPage(work, graph, at, reading, page.failure)
    const written = await writePage(work, graph, at, reading, page.value)
    if ('failure' in written) return lostPage(work, graph, written.at, reading, written.failure)
    at = written
    if (page.value.next === null) return readToItsEnd(work, at, reading)
    if (work.mustMakeRoom()) return { result: MAKES_ROOM }
  }
  throw new Error('A reading of policies ended without a last page')
}

/** A page was not had: its link was used too late, the type is refused, or the run can not go on now. */
async function lostPage(
  work: Work,
  graph: GraphAccess,
  at: Place,
  reading: ItemsReading,
  failure: GraphFailure,
): Promise<Read> {
  if (failure.kind === 'page_link_expired' && !at.anewSince)
    return readType(work, graph, await begunAnew(work, at), reading.type)
  const refused = refusalOf(reading.type, failure)
  if (!refused) return { result: failedRead(OPERATION, failure, graph, told(at)) }
  const behind = { ...nextType(at), refused: [...at.refused, refused] }
  await work.page(async (tx) => {
    await refuseReading(tx, reading, refused.reason)
    return notedAt(behind)
  })
  return behind
}

/** The first page of the type once more; what was seen before, and does not come again, is gone. */
const begunAnew = async ({ db }: Work, at: Place): Promise<Place> => ({
  ...at,
  link: null,
  anewSince: await anewFrom(db),
  seen: 0,
  counts: { ...at.counts, seen: at.counts.seen - at.seen },
})

/**
 * Writes a page part by part, each with what has to be read of its policies beside the list. Until the last part the
 * place stays at this page; whoever takes the run up again leaves out what it has written of it.
 */
async function writePage(
  work: Work,
  graph: GraphAccess,
  begin: Place,
  reading: ItemsReading,
  page: Page<RawPolicy>,
): Promise<Place | { readonly failure: GraphFailure; readonly at: Place }> {
  const ids = page.items.map(({ id }) => id)
  const before = await writtenBefore(work.db, reading, ids)
  const left = page.items.filter(({ id }) => !before.has(id))
  const parts = inParts(INVENTORY_TYPES[reading.type], left)
  // The last page is left only with its type, or whoever takes the run up again would begin the type anew.
  const link = page.next ?? begin.link
  let at = begin
  for (const [index, part] of parts.entries()) {
    const items = await itemsOf(graph.client, INVENTORY_TYPES[reading.type], part)
    if (!items.ok) return { failure: items.failure, at }
    const isLast = index === parts.length - 1
    at = await written(work, isLast ? { ...at, link } : at, reading, items.value)
  }
  return { ...at, link }
}

async function written(
  work: Work,
  behind: Place,
  reading: ItemsReading,
  items: readonly Item[],
): Promise<Place> {
  let next = behind
  await work.page(async (tx) => {
    const found = await saveItems(tx, reading, items)
    const counts = sum(behind.counts, { ...found, gone: 0 })
    next = { ...behind, seen: behind.seen + found.seen, counts }
    return notedAt(next)
  })
  return next
}

async function readToItsEnd(work: Work, at: Place, reading: ItemsReading): Promise<Place> {
  let behind = nextType(at)
  await work.page(async (tx) => {
    const gone = await endReading(tx, reading)
    behind = { ...behind, counts: sum(at.counts, { seen: 0, created: 0, changed: 0, gone }) }
    return notedAt(behind)
  })
  return behind
}

const nextType = (at: Place): Place => ({ ...at, type: at.type + 1, link: null, anewSince: null, seen: 0 })

/** Microsoft says of no list how long it is, so no total is told. */
const notedAt = (at: Place) => ({ done: at.counts.seen, total: null, checkpoint: at, counts: told(at) })

const endedWith = (graph: GraphAccess, at: Place, types: readonly PolicyType[]): WorkEnded => ({
  observed: signedInObserved(graph),
  ending: endingOf(at.refused, types, told(at)),
})

type Counts = ItemCounts & { readonly gone: number }

const sum = (a: Counts, b: Counts): Counts => ({
  seen: a.seen + b.seen,
  created: a.created + b.created,
  changed: a.changed + b.changed,
  gone: a.gone + b.gone,
})

const told = ({ counts: { changed, created, gone, seen } }: Place) => ({
  seen,
  created,
  changed,
  unchanged: Math.max(0, seen - created - changed),
  gone,
})
