import { type RawBuilder, type SqlBool, sql } from 'kysely'
import type { ListEdge } from './list-edge.ts'
import type { Order, Sort } from './list-query.ts'

/**
 * What each order goes by, in the columns that every table of what was last seen has. Names go by their letters, large
 * or small, with or without accents, and so alike on every database.
 */
const KEYS: Readonly<Record<Sort, RawBuilder<unknown>>> = {
  name: sql`translate(lower(display_name), 'àáâãäåçèéêëìíîïñòóôõöøùúûüýÿ', 'aaaaaaceeeeiiiinoooooouuuuyy') collate "C"`,
  // What never changed is older than every change.
  changed: sql`coalesce(changed_at, '-infinity')`,
  first_seen: sql`first_seen_at`,
}

/** How the rows of a table are gone through to fill a page: the id decides between equals. */
export interface Walk {
  /** What a row is ordered by. */
  readonly key: RawBuilder<unknown>
  /** Whether a row lies beyond the edge. */
  readonly beyond: RawBuilder<SqlBool>
  readonly way: RawBuilder<unknown>
}

/** The walk from an edge in an order; a page before its edge is walked from there, and turned round by `asShown`. */
export function walkFrom(order: Order, edge: ListEdge | null, id: string): Walk {
  const down = order.descending !== (edge?.side === 'before')
  const key = KEYS[order.by]
  return {
    key,
    beyond: edge
      ? sql<SqlBool>`(${key}, ${sql.ref(id)}) ${down ? sql`<` : sql`>`} (${edge.key}, ${edge.id})`
      : sql<SqlBool>`true`,
    way: down ? sql`desc` : sql`asc`,
  }
}

/** Walked rows in the order in which they are shown. */
export const asShown = <Row>(rows: readonly Row[], edge: ListEdge | null): readonly Row[] =>
  edge?.side === 'before' ? rows.toReversed() : rows

/** A text as a part of another, whatever signs of a pattern it holds. */
export const containing = (text: string): string => `%${text.replace(/[\\%_]/g, '\\$&')}%`

/** Names that begin with a text, as a range of what names are ordered by. */
export const nameBeginsWith = (text: string) => {
  const begin = sql`translate(lower(${text}::text), 'àáâãäåçèéêëìíîïñòóôõöøùúûüýÿ', 'aaaaaaceeeeiiiinoooooouuuuyy') collate "C"`
  return sql<SqlBool>`(${KEYS.name} >= ${begin} and ${KEYS.name} < (${begin} || chr(1114111)))`
}
