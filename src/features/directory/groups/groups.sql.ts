import { type ExpressionBuilder, type SqlBool, sql } from 'kysely'
import type { Db, Tables } from '../../../database/index.ts'
import type { GroupKind } from '../../../graph/index.ts'
import type { TenantId } from '../../../kernel/index.ts'
import type { PageEdge } from '../role-definitions/role-definitions.sql.ts'

const KINDS = ['microsoft_365', 'security', 'mail_enabled_security', 'distribution'] as const

/** Which of a tenant's groups a list shows; all but the last only while present. */
export const GROUP_SHOWS = ['present', ...KINDS, 'dynamic', 'gone'] as const
export type GroupShow = (typeof GROUP_SHOWS)[number]

export interface GroupFilter {
  /** A part of the name or the mail address; empty for all. */
  readonly search: string
  readonly show: GroupShow
  /** Null for the first page. */
  readonly edge: PageEdge | null
  readonly limit: number
}

/** One page of a tenant's groups as last told by Microsoft, by name. */
export async function listGroups(db: Db, tenantId: TenantId, filter: GroupFilter) {
  const { edge, limit, search, show } = filter
  const backwards = edge?.side === 'before'
  const order = backwards ? 'desc' : 'asc'
  let query = db
    .selectFrom('directory_groups')
    .select(['group_id', 'display_name', 'description', 'mail', 'membership_rule', 'gone_how'])
    .select((e) => e.ref('kind').$castTo<GroupKind>().as('kind'))
    .select(['first_seen_at', 'last_seen_at', 'changed_at', 'gone_since'])
    .where('tenant_id', '=', tenantId)
    .where((e) => isShown(e, show))
    .where(matches(search))
  if (edge)
    query = query.where(
      backwards
        ? sql<SqlBool>`(display_name, group_id) < (${edge.name}, ${edge.id})`
        : sql<SqlBool>`(display_name, group_id) > (${edge.name}, ${edge.id})`,
    )
  const rows = await query.orderBy('display_name', order).orderBy('group_id', order).limit(limit).execute()
  return backwards ? rows.reverse() : rows
}

export type ListedGroup = Awaited<ReturnType<typeof listGroups>>[number]

/** How many groups of a tenant each filter would leave, among those that are searched for. */
export const countGroups = (db: Db, tenantId: TenantId, search: string): Promise<Record<GroupShow, number>> =>
  db
    .selectFrom('directory_groups')
    .select((e) => GROUP_SHOWS.map((show) => e.fn.countAll<number>().filterWhere(isShown(e, show)).as(show)))
    .where('tenant_id', '=', tenantId)
    .where(matches(search))
    .executeTakeFirstOrThrow()

/** Whether none was ever read of a tenant. */
export async function hasNoGroups(db: Db, tenantId: TenantId): Promise<boolean> {
  const any = db.selectFrom('directory_groups').select('group_id').where('tenant_id', '=', tenantId)
  return (await any.limit(1).executeTakeFirst()) === undefined
}

/** The sync that last read a tenant's groups up to its end, or none. */
export const lastReadingOfGroups = (db: Db, tenantId: TenantId) =>
  db
    .selectFrom('operation_runs')
    .select(['id', 'finished_at'])
    .where('tenant_id', '=', tenantId)
    .where('operation', '=', 'directory.groups.sync')
    .where('outcome', '=', 'succeeded')
    .orderBy('finished_at', 'desc')
    .limit(1)
    .executeTakeFirst()

/** One group of a tenant with the raw facts as Microsoft gave them. */
export const groupById = (db: Db, tenantId: TenantId, id: string) =>
  db
    .selectFrom('directory_groups')
    .select(['group_id', 'display_name', 'description', 'mail', 'membership_rule', 'gone_how', 'raw'])
    .select((e) => e.ref('kind').$castTo<GroupKind>().as('kind'))
    .select(['first_seen_at', 'last_seen_at', 'last_seen_run_id', 'changed_at', 'gone_since'])
    .where('tenant_id', '=', tenantId)
    .where('group_id', '=', id)
    .executeTakeFirst()

export type SeenGroup = NonNullable<Awaited<ReturnType<typeof groupById>>>

function isShown(e: ExpressionBuilder<Tables, 'directory_groups'>, show: GroupShow) {
  if (show === 'gone') return e('gone_since', 'is not', null)
  const present = e('gone_since', 'is', null)
  if (show === 'present') return present
  return show === 'dynamic' ? present.and('membership_rule', 'is not', null) : present.and('kind', '=', show)
}

function matches(search: string) {
  const pattern = `%${search.replace(/[\\%_]/g, '\\$&')}%`
  return sql<SqlBool>`(display_name ilike ${pattern} or mail ilike ${pattern})`
}
