/** Which page of a sorted list is wanted: what follows an entry, or what stands before one; or the first. */
export interface WantedTurn {
  readonly after: number | null
  readonly before: number | null
}

export interface Turn<Item> {
  readonly items: readonly Item[]
  /** The entry before which the previous page ends; null on the first. */
  readonly before: number | null
  /** The entry after which the next page begins; null on the last. */
  readonly after: number | null
  /** The place of the first entry, counted from 1; 0 where there is none. */
  readonly from: number
  readonly of: number
}

/** One page of a sorted list, found by an entry and not by a number: what was added meanwhile shifts nothing. */
export function turnTo<Item>(
  list: readonly Item[],
  idOf: (item: Item) => number,
  { after, before }: WantedTurn,
  size: number,
): Turn<Item> {
  const placeOf = (id: number) => list.findIndex((item) => idOf(item) === id)
  const begin = before === null ? placeOf(after ?? 0) + 1 : Math.max(0, placeOf(before) - size)
  const end = before === null ? begin + size : Math.max(placeOf(before), Math.min(size, list.length))
  const items = list.slice(begin, end)
  const [first] = items
  const last = items.at(-1)
  return {
    items,
    before: first && begin > 0 ? idOf(first) : null,
    after: last && begin + items.length < list.length ? idOf(last) : null,
    from: items.length > 0 ? begin + 1 : 0,
    of: list.length,
  }
}
