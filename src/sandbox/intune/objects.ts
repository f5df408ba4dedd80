import { hiddenIdOf, indexHiddenIn } from '../hidden-ids.ts'
import type { Kind, Place, Properties } from './kind.ts'
import type { Listed } from './listed.ts'
import { stampOf } from './stamps.ts'

/** What an object differs in from how it was made, from one change on. */
interface Revision {
  /** The number of the change within its collection. */
  readonly version: number
  readonly isPresent: boolean
  readonly set: Properties
  readonly parts: Readonly<Record<string, Listed>>
}

/** The objects of one collection: made up one by one when they are asked for; only changes are kept. */
export interface Objects {
  readonly kind: Kind
  readonly place: Place
  /** How many there were at first, and how many there ever were. */
  readonly madeUp: number
  count: number
  /** The number of the last change. */
  version: number
  /** By index, oldest first. */
  readonly changes: Map<number, Revision[]>
}

/** An object with everything that is known of it. */
export interface Found {
  readonly id: string
  readonly index: number
  readonly properties: Properties
  part(name: string): Listed
}

export const newObjects = (kind: Kind, place: Place): Objects => ({
  kind,
  place,
  madeUp: place.sizes[kind.name],
  count: place.sizes[kind.name],
  version: 0,
  changes: new Map(),
})

/** The id of object `index`. */
export const idOf = ({ kind, place }: Objects, index: number): string =>
  kind.ids?.of(index) ?? hiddenIdOf(kind.name, place.id, index)

/** The object with this id as it was after a change, or is now; null when there is none. */
export function find(objects: Objects, id: string, upTo = objects.version): Found | null {
  const { kind, place } = objects
  const index = kind.ids ? kind.ids.indexOf(id) : indexHiddenIn(kind.name, place.id, id)
  return index === null ? null : objectAt(objects, index, upTo)
}

/** Object `index` as it was after a change, or is now; null when it is not there. */
export function objectAt(objects: Objects, index: number, upTo = objects.version): Found | null {
  const { kind, place } = objects
  if (index < 0 || index >= objects.count) return null
  const revisions = objects.changes.get(index)?.filter(({ version }) => version <= upTo) ?? []
  const last = revisions.at(-1)
  if (last ? !last.isPresent : index >= objects.madeUp) return null
  const id = idOf(objects, index)
  const part = (name: string) => last?.parts[name] ?? kind.parts?.[name]?.make(place, index, id) ?? []
  const made = index < objects.madeUp ? kind.make(place, index) : {}
  const properties: Properties = { ...made, ...last?.set, ...kind.derived?.(part) }
  return { id, index, properties: withVersion(properties, revisions.length), part }
}

/** Where objects count their own changes, every one since adds to what they were made with. */
const withVersion = (properties: Properties, changes: number): Properties =>
  typeof properties.version === 'number'
    ? { ...properties, version: properties.version + changes }
    : properties

/** Up to so many objects from an index on, as they were after a change, and where those after them begin. */
export function readObjects(
  objects: Objects,
  from: number,
  most: number,
  upTo = objects.version,
): { items: Found[]; next: number | null } {
  const items: Found[] = []
  for (let index = from; index < objects.count; index += 1) {
    const found = isThere(objects, index, upTo)
    if (found && items.length === most) return { items, next: index }
    const object = found ? objectAt(objects, index, upTo) : null
    if (object) items.push(object)
  }
  return { items, next: null }
}

/** Whether object `index` is there, without making it up. */
export function isThere(objects: Objects, index: number, upTo = objects.version): boolean {
  const last = objects.changes.get(index)?.findLast(({ version }) => version <= upTo)
  return last ? last.isPresent : index < objects.madeUp
}

/** How many are there now. */
export function countOf(objects: Objects): number {
  let count = objects.madeUp
  for (const [index, revisions] of objects.changes) {
    const isPresent = revisions.at(-1)?.isPresent ?? false
    if (index < objects.madeUp && !isPresent) count -= 1
    if (index >= objects.madeUp && isPresent) count += 1
  }
  return count
}

/** Writes down that an object differs from now on, and when. */
export function note(
  objects: Objects,
  index: number,
  now: Date,
  change: Partial<Omit<Revision, 'version'>>,
): void {
  objects.version += 1
  const revisions = objects.changes.get(index) ?? []
  const last = revisions.at(-1)
  const { modified } = objects.kind
  const stamp = modified ? { [modified]: stampOf(now.getTime(), objects.version) } : {}
  revisions.push({
    version: objects.version,
    isPresent: change.isPresent ?? true,
    set: { ...last?.set, ...change.set, ...stamp },
    parts: { ...last?.parts, ...change.parts },
  })
  objects.changes.set(index, revisions)
}
