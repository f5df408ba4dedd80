import type { Group } from '@microsoft/microsoft-graph-types'
import { z } from 'zod'
import type { LiveDirectory } from '../directory.ts'
import { changesBetween, groupsBetween, type RemovedGroup } from '../groups.ts'
import { isOver } from './paging.ts'

/** How long a link to changes may be used, in seconds. */
const DELTA_LINK_SECONDS = 7 * 86_400

export type DeltaReading =
  | {
      readonly kind: 'page'
      readonly items: readonly (Group | RemovedGroup)[]
      readonly select: string | null
      readonly link: { readonly name: '$skiptoken' | '$deltatoken'; readonly token: string }
    }
  | { readonly kind: 'expired' }
  /** The service no longer knows what was read: with its address to begin anew, or only with a code. */
  | { readonly kind: 'lost'; readonly how: 'gone' | 'not_found' }
  | { readonly kind: 'unsupported'; readonly option: string }

/** One page of `groups/delta`: all groups first, from then on what changed. */
export function readDelta(directory: LiveDirectory, query: URLSearchParams, now: Date): DeltaReading {
  const option = UNSUPPORTED.find((name) => query.has(name))
  if (option) return { kind: 'unsupported', option }
  const { faults, groups } = directory
  const delta = query.get('$deltatoken')
  if (delta && faults.lostSyncState) return { kind: 'lost', how: faults.lostSyncState }
  if (delta) {
    const held = parse(deltaToken, delta)
    if (!held || held.generation !== groups.generation || isOver(held, now, DELTA_LINK_SECONDS))
      return { kind: 'lost', how: 'not_found' }
    const after = Math.max(0, held.after - (faults.replayChanges ?? 0))
    return page(directory, { ...held, after, kind: 'changes', until: groups.version }, now)
  }
  const skip = query.get('$skiptoken')
  if (skip === null)
    return page(
      directory,
      {
        kind: 'all',
        from: 0,
        after: groups.version,
        select: query.get('$select'),
        generation: groups.generation,
      },
      now,
    )
  const held = parse(skipToken, skip)
  if (!held || held.generation !== groups.generation || isOver(held, now, faults.pageLinkSeconds))
    return { kind: 'expired' }
  return page(directory, held, now)
}

const UNSUPPORTED = ['$top', '$orderby', '$expand', '$skip', '$search']

function page(directory: LiveDirectory, place: Place, now: Date): DeltaReading {
  const { faults } = directory
  const most = faults.groupsPageSize ?? 100
  const read = place.empty
    ? { items: [], next: { ...place, empty: false } }
    : place.kind === 'all'
      ? someOfAll(directory, place, most)
      : someChanges(directory, place, most)
  const { generation, select } = place
  const at = now.getTime()
  const next = read.next && {
    ...read.next,
    at,
    empty: (faults.emptyPages ?? false) && !place.empty,
    told: true,
  }
  const link = next
    ? ({ name: '$skiptoken', token: write(next) } as const)
    : ({ name: '$deltatoken', token: write({ after: lastOf(place), select, generation, at }) } as const)
  return { kind: 'page', items: place.empty ? [] : withRepeats(directory, place, read.items), select, link }
}

/** The same page with what is told again, as the faults want it: an object's last mention is always the true one. */
function withRepeats(
  directory: LiveDirectory,
  place: Place,
  items: readonly (Group | RemovedGroup)[],
): (Group | RemovedGroup)[] {
  const { repeatAcrossPages, repeatInPage } = directory.faults
  const [first] = items
  const before = repeatAcrossPages && place.told ? lastBefore(directory, place) : []
  const earlier = repeatInPage && first ? [asItWas(first)] : []
  return [...before, ...earlier, ...items]
}

function lastBefore(directory: LiveDirectory, place: Place): (Group | RemovedGroup)[] {
  if (place.kind === 'all') return groupsBetween(directory, place.from - 1, place.from)
  return changesBetween(directory, { after: place.after - 1, until: place.after, most: 1 }).items
}

const asItWas = (item: Group | RemovedGroup): Group | RemovedGroup =>
  '@removed' in item ? item : { ...item, displayName: `${item.displayName} (before)` }

/** What changes while all are read is told by the changes after the beginning. */
const lastOf = (place: Place): number => (place.kind === 'all' ? place.after : place.until)

function someOfAll(directory: LiveDirectory, place: Place & { kind: 'all' }, most: number) {
  const to = place.from + most
  const more = to < directory.groups.count
  return { items: groupsBetween(directory, place.from, to), next: more ? { ...place, from: to } : null }
}

function someChanges(directory: LiveDirectory, place: Place & { kind: 'changes' }, most: number) {
  const { items, last, more } = changesBetween(directory, { after: place.after, until: place.until, most })
  return { items, next: more ? { ...place, after: last } : null }
}

const inEach = {
  select: z.string().nullable(),
  generation: z.string(),
  empty: z.boolean().optional(),
  told: z.boolean().optional(),
}
const place = z.discriminatedUnion('kind', [
  z.object({ ...inEach, kind: z.literal('all'), from: z.int(), after: z.int() }),
  z.object({ ...inEach, kind: z.literal('changes'), after: z.int(), until: z.int() }),
])
type Place = z.infer<typeof place>
const skipToken = place.and(z.object({ at: z.number() }))
const deltaToken = z.object({ ...inEach, after: z.int(), at: z.number() })

const write = (token: object): string => Buffer.from(JSON.stringify(token)).toString('base64url')

function parse<T>(schema: z.ZodType<T>, text: string): T | null {
  try {
    return schema.safeParse(JSON.parse(Buffer.from(text, 'base64url').toString())).data ?? null
  } catch {
    return null
  }
}
