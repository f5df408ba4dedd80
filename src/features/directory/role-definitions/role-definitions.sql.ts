import { type ExpressionBuilder, type SqlBool, sql } from 'kysely'
import type { Db, Tables } from '../../../database/index.ts'
import type { TenantId } from '../../../kernel/index.ts'
import { asShown, type Counts, containing, type WantedPage, walkFrom } from '../../tenant-lists/index.ts'

/** Which of a tenant's role definitions a list shows; the built-in and custom ones only while present. */
export const ROLE_DEFINITION_SHOWS = ['present', 'built_in', 'custom', 'gone'] as const
export type RoleDefinitionShow = (typeof ROLE_DEFINITION_SHOWS)[number]

/** One page of a tenant's role definitions as last observed; searched by name. A directory has a few hundred. */
export async function findRoleDefinitions(
  db: Db,
  tenantId: TenantId,
  wanted: WantedPage<RoleDefinitionShow>,
) {
  const [entries, counts] = await Promise.all([
    listRoleDefinitions(db, tenantId, wanted),
    countRoleDefinitions(db, tenantId, wanted.search),
  ])
  return { entries, counts, order: wanted.order }
}

async function listRoleDefinitions(db: Db, tenantId: TenantId, wanted: WantedPage<RoleDefinitionShow>) {
  const { edge, limit, order, search, show } = wanted
  const walk = walkFrom(order, edge, 'role_definition_id')
  const rows = await db
    .selectFrom('directory_role_definitions')
    .select(['role_definition_id as id', 'display_name', 'description', 'is_built_in', 'is_enabled'])
    .select([
      'first_seen_at',
      'last_seen_at',
      'changed_at',
      'gone_since',
      sql<string>`(${walk.key})::text`.as('key'),
    ])
    .where('tenant_id', '=', tenantId)
    .where((e) => isShown(e, show))
    .where(named(search))
    .where(walk.beyond)
    .orderBy(sql`${walk.key} ${walk.way}, role_definition_id ${walk.way}`)
    .limit(limit + 1)
    .execute()
  return asShown(rows, edge)
}

export type ListedRoleDefinition = Awaited<ReturnType<typeof listRoleDefinitions>>[number]

/** How many role definitions of a tenant each filter would leave, among those whose name is searched for. */
export const countRoleDefinitions = (
  db: Db,
  tenantId: TenantId,
  search: string,
): Promise<Counts<RoleDefinitionShow>> =>
  db
    .selectFrom('directory_role_definitions')
    .select((e) =>
      ROLE_DEFINITION_SHOWS.map((show) => e.fn.countAll<number>().filterWhere(isShown(e, show)).as(show)),
    )
    .where('tenant_id', '=', tenantId)
    .where(named(search))
    .executeTakeFirstOrThrow()

/** One role definition of a tenant with the raw facts as Microsoft gave them. */
export const roleDefinitionById = (db: Db, tenantId: TenantId, id: string) =>
  db
    .selectFrom('directory_role_definitions')
    .select(['role_definition_id as id', 'display_name', 'description', 'is_built_in', 'is_enabled', 'raw'])
    .select(['first_seen_at', 'last_seen_at', 'last_seen_run_id', 'changed_at', 'gone_since'])
    .where('tenant_id', '=', tenantId)
    .where('role_definition_id', '=', id)
    .executeTakeFirst()

export type SeenRoleDefinition = NonNullable<Awaited<ReturnType<typeof roleDefinitionById>>>

function isShown(e: ExpressionBuilder<Tables, 'directory_role_definitions'>, show: RoleDefinitionShow) {
  if (show === 'gone') return e('gone_since', 'is not', null)
  const present = e('gone_since', 'is', null)
  return show === 'present' ? present : present.and('is_built_in', '=', show === 'built_in')
}

const named = (search: string) => sql<SqlBool>`display_name ilike ${containing(search)}`
