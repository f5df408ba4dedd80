import type { Db } from '../../../database/index.ts'
import type { TenantId } from '../../../kernel/index.ts'
import { groupsHref } from '../../tenants/index.ts'
import { readEdge, writeEdge } from '../page-edge.ts'
import type { PageTurns } from '../role-definitions/role-definition-list.ts'
import type { PageEdge } from '../role-definitions/role-definitions.sql.ts'
import { GROUP_SHOWS, type GroupShow, type ListedGroup, listGroups } from './groups.sql.ts'

const PER_PAGE = 30

/** What a list is asked for in its address. */
export interface GroupQuery {
  readonly search: string
  readonly show: GroupShow
}

/** One page of the list, with the addresses of the pages beside it. */
export interface GroupList {
  readonly rows: readonly ListedGroup[]
  readonly turns: PageTurns
}

/** Reads the list's address; what it does not know counts as left out. */
export function readGroupQuery(wanted: Readonly<Record<string, string>>) {
  const search = (wanted.q ?? '').replaceAll('\0', '').trim().slice(0, 200)
  const show = GROUP_SHOWS.find((name) => name === wanted.show) ?? 'present'
  return { query: { search, show }, edge: readEdge(wanted.after, wanted.before) }
}

/** One page of the list, and whether others lie beside it: one row more than shown tells. */
export async function pageOfGroups(
  db: Db,
  tenant: { readonly id: TenantId; readonly directoryId: string },
  query: GroupQuery,
  edge: PageEdge | null,
): Promise<GroupList> {
  const found = await listGroups(db, tenant.id, { ...query, edge, limit: PER_PAGE + 1 })
  const more = found.length > PER_PAGE
  const backwards = edge?.side === 'before'
  const rows = backwards ? found.slice(-PER_PAGE) : found.slice(0, PER_PAGE)
  const turn = (side: PageEdge['side'], row: ListedGroup | undefined) =>
    row ? groupListHref(tenant, query, { [side]: writeEdge(row.display_name, row.group_id) }) : null
  return {
    rows,
    turns: {
      previous: (backwards ? more : edge !== null) ? turn('before', rows[0]) : null,
      next: backwards || more ? turn('after', rows.at(-1)) : null,
    },
  }
}

/** The list's address; what is usual is left out. */
export function groupListHref(
  tenant: { readonly directoryId: string },
  { search, show }: GroupQuery,
  edge: { after?: string; before?: string } = {},
): string {
  const wanted = new URLSearchParams({
    ...(search && { q: search }),
    ...(show !== 'present' && { show }),
    ...edge,
  })
  const list = groupsHref(tenant)
  return wanted.size > 0 ? `${list}?${wanted}` : list
}
