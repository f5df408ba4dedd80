import { type ListEdge, writeEdge } from './list-edge.ts'

/** Where the pages beside one begin; null where there is none. */
export interface PageTurns {
  readonly before: string | null
  readonly after: string | null
}

interface Placed {
  readonly id: string
  readonly key: string
}

/** One page of what was found, and whether others lie beside it: one entry more than fits tells. */
export function turnsOf<Row extends Placed>(
  found: readonly Row[],
  edge: ListEdge | null,
  perPage: number,
): { readonly rows: readonly Row[]; readonly turns: PageTurns } {
  const more = found.length > perPage
  const backwards = edge?.side === 'before'
  const rows = backwards ? found.slice(-perPage) : found.slice(0, perPage)
  const edgeOf = (row: Row | undefined) => (row ? writeEdge(row.key, row.id) : null)
  return {
    rows,
    turns: {
      before: (backwards ? more : edge !== null) ? edgeOf(rows[0]) : null,
      after: backwards || more ? edgeOf(rows.at(-1)) : null,
    },
  }
}
