import { type ExpressionBuilder, type SqlBool, sql } from 'kysely'
import type { Db, Tables } from '../../../database/index.ts'
import type { TenantId } from '../../../kernel/index.ts'

/** Which of a tenant's role definitions a list shows; the built-in and custom ones only while present. */
export const ROLE_DEFINITION_SHOWS = ['present', 'built_in', 'custom', 'gone'] as const
export type RoleDefinitionShow = (typeof ROLE_DEFINITION_SHOWS)[number]

/** The definition beside which a page begins, and on which side of it the page lies. */
export interface PageEdge {
  readonly side: 'after' | 'before'
  readonly name: string
  readonly id: string
}

export interface RoleDefinitionFilter {
  /** A part of the name; empty for all. */
  readonly search: string
  readonly show: RoleDefinitionShow
  /** Null for the first page. */
  readonly edge: PageEdge | null
  readonly limit: number
}

/** One page of a tenant's role definitions as last observed, by name. */
export async function listRoleDefinitions(db: Db, tenantId: TenantId, filter: RoleDefinitionFilter) {
  const { edge, limit, search, show } = filter
  const backwards = edge?.side === 'before'
  const order = backwards ? 'desc' : 'asc'
  let query = db
    .selectFrom('directory_role_definitions')
    .select(['role_definition_id', 'display_name', 'description', 'is_built_in', 'is_enabled'])
    .select(['first_seen_at', 'last_seen_at', 'changed_at', 'gone_since'])
    .where('tenant_id', '=', tenantId)
    .where((e) => isShown(e, show))
    .where(named(search))
  if (edge)
    query = query.where(
      backwards
        ? sql<SqlBool>`(display_name, role_definition_id) < (${edge.name}, ${edge.id})`
        : sql<SqlBool>`(display_name, role_definition_id) > (${edge.name}, ${edge.id})`,
    )
  const rows = await query
    .orderBy('display_name', order)
    .orderBy('role_definition_id', order)
    .limit(limit)
    .execute()
  return backwards ? rows.reverse() : rows
}

export type ListedRoleDefinition = Awaited<ReturnType<typeof listRoleDefinitions>>[number]

/** How many role definitions of a tenant each filter would leave, among those whose name is searched for. */
export const countRoleDefinitions = (
  db: Db,
  tenantId: TenantId,
  search: string,
): Promise<Record<RoleDefinitionShow, number>> =>
  db
    .selectFrom('directory_role_definitions')
    .select((e) => [
      e.fn.countAll<number>().filterWhere(isShown(e, 'present')).as('present'),
      e.fn.countAll<number>().filterWhere(isShown(e, 'built_in')).as('built_in'),
      e.fn.countAll<number>().filterWhere(isShown(e, 'custom')).as('custom'),
      e.fn.countAll<number>().filterWhere(isShown(e, 'gone')).as('gone'),
    ])
    .where('tenant_id', '=', tenantId)
    .where(named(search))
    .executeTakeFirstOrThrow()

/** The sync that last read a tenant's role definitions completely, or none. */
export const lastCompleteReading = (db: Db, tenantId: TenantId) =>
  db
    .selectFrom('operation_runs')
    .select(['id', 'finished_at'])
    .where('tenant_id', '=', tenantId)
    .where('operation', '=', 'directory.role_definitions.sync')
    .where('outcome', '=', 'succeeded')
    .orderBy('finished_at', 'desc')
    .limit(1)
    .executeTakeFirst()

/** One role definition of a tenant with the raw facts as Microsoft gave them. */
export const roleDefinition = (db: Db, tenantId: TenantId, id: string) =>
  db
    .selectFrom('directory_role_definitions')
    .selectAll()
    .where('tenant_id', '=', tenantId)
    .where('role_definition_id', '=', id)
    .executeTakeFirst()

export type SeenRoleDefinition = NonNullable<Awaited<ReturnType<typeof roleDefinition>>>

function isShown(e: ExpressionBuilder<Tables, 'directory_role_definitions'>, show: RoleDefinitionShow) {
  if (show === 'gone') return e('gone_since', 'is not', null)
  const present = e('gone_since', 'is', null)
  return show === 'present' ? present : present.and('is_built_in', '=', show === 'built_in')
}

const named = (search: string) => sql<SqlBool>`display_name ilike ${`%${search.replace(/[\\%_]/g, '\\$&')}%`}`
