import { legible } from '../../kernel/index.ts'
import { type ListAddress, listHref } from './list-address.ts'
import type { ListQuery } from './list-query.ts'
import type { PageTurns } from './page-turns.ts'
import type { SeenEntry } from './tenant-list.ts'

/** What every entry tells a program; what is empty is left out. */
export function entryAsJson(
  entry: SeenEntry,
  more: Readonly<Record<string, unknown>>,
  listAddress: string,
): Readonly<Record<string, unknown>> {
  return filled({
    id: entry.id,
    displayName: entry.display_name,
    description: entry.description,
    ...more,
    firstSeenAt: entry.first_seen_at,
    lastSeenAt: entry.last_seen_at,
    changedAt: entry.changed_at,
    goneSince: entry.gone_since,
    href: entryHref(listAddress, entry.id),
  })
}

/** The addresses of the parts beside one, for a program. */
export function turnsAsJson(
  list: ListAddress,
  query: ListQuery,
  limit: string | undefined,
  { after, before }: PageTurns,
) {
  const kept = limit ? { limit } : {}
  return filled({
    previous: before && listHref(list, query, { before, ...kept }),
    next: after && listHref(list, query, { after, ...kept }),
  })
}

/** Where an entry has its page. */
export const entryHref = (list: string, id: string): string => `${list}/${encodeURIComponent(id)}`

/** A name or a text as it may be shown, or null where there is none. */
export const legibleOrNull = (text: string | null): string | null => (text ? legible(text) : null)

const filled = (members: Readonly<Record<string, unknown>>) =>
  Object.fromEntries(Object.entries(members).filter(([, value]) => value !== null && value !== ''))
