import type { GraphRequest } from './answers.ts'
import type { Collection, Deed, Place } from './collection.ts'
import { DIRECTORY_COLLECTIONS } from './directory-collections.ts'
import { INTUNE_COLLECTIONS } from './intune-collections.ts'

/** Everything this Graph knows. */
const COLLECTIONS: readonly Collection[] = [...DIRECTORY_COLLECTIONS, ...INTUNE_COLLECTIONS]

export interface Found {
  readonly collection: Collection
  /** What follows the collection in the address; null where nothing does. */
  readonly place: Place | null
}

/** The collection a path names, and what follows it; null for a path Graph does not know. */
export function findCollection(version: string, path: string): Found | null {
  for (const collection of COLLECTIONS) {
    if (!collection.versions.includes(version)) continue
    if (path === collection.path) return { collection, place: null }
    if (!path.startsWith(`${collection.path}/`) || collection.isSingle) continue
    const [id = '', ...below] = path.slice(collection.path.length + 1).split('/')
    if (id === '' || (below.length > 0 && !readsBelow(collection))) continue
    return { collection, place: { id, below: below.join('/') } }
  }
  return null
}

/** Intune reads any address below its collections, and says then that there is no route; the others know theirs. */
const readsBelow = ({ dialect }: Collection): boolean => dialect === 'intune' || dialect === 'device'

/** What is asked for besides reading, if the collection knows it. */
export const deedOf = ({ method }: Pick<GraphRequest, 'method'>, { collection, place }: Found): Deed | null =>
  collection.deeds?.find((deed) => deed.method === method && isAt(deed, place)) ?? null

function isAt({ at }: Deed, place: Place | null): boolean {
  if (place === null) return at === 'list'
  return at instanceof RegExp ? at.test(place.below) : at === 'object' && place.below === ''
}

/** The first segment of a path that leads nowhere. */
export function unknownSegment({ path, version }: Pick<GraphRequest, 'path' | 'version'>): string {
  const known = COLLECTIONS.filter(({ versions }) => versions.includes(version)).map((one) =>
    one.path.split('/'),
  )
  const segments = path.split('/')
  const depth = segments.findIndex(
    (_, end) => !known.some((way) => startsWith(way, segments.slice(0, end + 1))),
  )
  return segments[depth === -1 ? segments.length - 1 : depth] ?? ''
}

const startsWith = (way: readonly string[], segments: readonly string[]): boolean =>
  segments.every((segment, index) => way[index] === segment)
