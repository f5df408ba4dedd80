import type { Db } from '../../../database/index.ts'
import type { TenantId } from '../../../kernel/index.ts'
import { roleDefinitionsHref } from '../../tenants/index.ts'
import { readEdge, writeEdge } from '../page-edge.ts'
import {
  type ListedRoleDefinition,
  listRoleDefinitions,
  type PageEdge,
  ROLE_DEFINITION_SHOWS,
  type RoleDefinitionShow,
} from './role-definitions.sql.ts'

const PER_PAGE = 30

/** What a list is asked for in its address. */
export interface RoleDefinitionQuery {
  readonly search: string
  readonly show: RoleDefinitionShow
}

/** Where the pages beside this one are; null where there is none. */
export interface PageTurns {
  readonly previous: string | null
  readonly next: string | null
}

/** One page of the list, with the addresses of the pages beside it. */
export interface RoleDefinitionList {
  readonly rows: readonly ListedRoleDefinition[]
  readonly turns: PageTurns
}

/** The sync that last read everything, and how many it left present. */
export interface Reading {
  readonly runId: number
  readonly at: Date
  readonly present: number
}

/** Reads the list's address; what it does not know counts as left out. */
export function readQuery(wanted: Readonly<Record<string, string>>) {
  const search = (wanted.q ?? '').replaceAll('\0', '').trim().slice(0, 200)
  const show = ROLE_DEFINITION_SHOWS.find((name) => name === wanted.show) ?? 'present'
  return { query: { search, show }, edge: readEdge(wanted.after, wanted.before) }
}

/** One page of the list, and whether others lie beside it: one row more than shown tells. */
export async function pageOfRoleDefinitions(
  db: Db,
  tenant: { readonly id: TenantId; readonly directoryId: string },
  query: RoleDefinitionQuery,
  edge: PageEdge | null,
): Promise<RoleDefinitionList> {
  const found = await listRoleDefinitions(db, tenant.id, { ...query, edge, limit: PER_PAGE + 1 })
  const more = found.length > PER_PAGE
  const backwards = edge?.side === 'before'
  const rows = backwards ? found.slice(-PER_PAGE) : found.slice(0, PER_PAGE)
  const turn = (side: PageEdge['side'], row: ListedRoleDefinition | undefined) =>
    row ? addressOf(tenant, query, { [side]: writeEdge(row.display_name, row.role_definition_id) }) : null
  return {
    rows,
    turns: {
      previous: (backwards ? more : edge !== null) ? turn('before', rows[0]) : null,
      next: backwards || more ? turn('after', rows.at(-1)) : null,
    },
  }
}

/** The list's address; what is usual is left out. */
export function addressOf(
  tenant: { readonly directoryId: string },
  { search, show }: RoleDefinitionQuery,
  edge: { after?: string; before?: string } = {},
): string {
  const wanted = new URLSearchParams({
    ...(search && { q: search }),
    ...(show !== 'present' && { show }),
    ...edge,
  })
  const list = roleDefinitionsHref(tenant)
  return wanted.size > 0 ? `${list}?${wanted}` : list
}
