import type { ListEdge } from './list-edge.ts'

/** What a list can be ordered by: the name, or when something happened to an entry. */
export const SORTS = ['name', 'changed', 'first_seen'] as const
export type Sort = (typeof SORTS)[number]

export interface Order {
  readonly by: Sort
  readonly descending: boolean
}

/** What a list is asked for in its address. */
export interface ListQuery<Show extends string = string> {
  /** A part of what is searched; empty for all. */
  readonly search: string
  readonly show: Show
  readonly order: Order
}

/** One page to be found. */
export interface WantedPage<Show extends string = string> extends ListQuery<Show> {
  /** Null for the first page. */
  readonly edge: ListEdge | null
  readonly limit: number
}

export type WrittenOrder = Sort | `-${Sort}`

/** How an order stands in an address: "name", or "-name" from its end. */
export const writeOrder = ({ by, descending }: Order): WrittenOrder => (descending ? `-${by}` : by)

/** The order a head of a table asks for first: names from A, moments from the newest. */
export const naturalOrder = (by: Sort): Order => ({ by, descending: by !== 'name' })

/** The order that a text names; undefined for a text that names none. */
export function readOrder(text: string): Order | undefined {
  const by = SORTS.find((sort) => text === sort || text === `-${sort}`)
  return by && { by, descending: text.startsWith('-') }
}

export const USUAL_ORDER: Order = naturalOrder('name')
export const LONGEST_SEARCH = 200

/** Reads a list's address as a page does: what it does not know counts as left out. */
export const readListQuery = (
  shows: readonly [string, ...string[]],
  { q = '', show, sort = '' }: Readonly<Record<string, string>>,
): ListQuery => ({
  search: q.replaceAll('\0', '').trim().slice(0, LONGEST_SEARCH),
  show: shows.find((name) => name === show) ?? shows[0],
  order: readOrder(sort) ?? USUAL_ORDER,
})
