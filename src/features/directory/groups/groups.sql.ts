import { type ExpressionBuilder, type SqlBool, sql } from 'kysely'
import type { Db, Tables } from '../../../database/index.ts'
import type { GroupKind } from '../../../graph/index.ts'
import type { TenantId } from '../../../kernel/index.ts'
import { asShown, type Counts, containing, type WantedPage, walkFrom } from '../../tenant-lists/index.ts'

const KINDS = ['microsoft_365', 'security', 'mail_enabled_security', 'distribution'] as const

/** Which of a tenant's groups a list shows; all but the last only while present. */
export const GROUP_SHOWS = ['present', ...KINDS, 'dynamic', 'gone'] as const
export type GroupShow = (typeof GROUP_SHOWS)[number]

/** One page of a tenant's groups as last told by Microsoft; searched by name and mail address. */
export async function findGroups(db: Db, tenantId: TenantId, wanted: WantedPage<GroupShow>) {
  const [entries, counts] = await Promise.all([
    listGroups(db, tenantId, wanted),
    countGroups(db, tenantId, wanted.search),
  ])
  return { entries, counts }
}

async function listGroups(db: Db, tenantId: TenantId, wanted: WantedPage<GroupShow>) {
  const { edge, limit, order, search, show } = wanted
  const walk = walkFrom(order, edge, 'group_id')
  const rows = await db
    .selectFrom('directory_groups')
    .select(['group_id as id', 'display_name', 'description', 'mail', 'membership_rule', 'gone_how'])
    .select((e) => e.ref('kind').$castTo<GroupKind>().as('kind'))
    .select(['first_seen_at', 'last_seen_at', 'changed_at', 'gone_since', walk.key.as('key')])
    .where('tenant_id', '=', tenantId)
    .where((e) => isShown(e, show))
    .where(matches(search))
    .where(walk.beyond)
    .orderBy(walk.orderBy)
    .limit(limit + 1)
    .execute()
  return asShown(rows, edge)
}

export type ListedGroup = Awaited<ReturnType<typeof listGroups>>[number]

/** How many groups of a tenant each filter would leave, among those that are searched for. */
export const countGroups = (db: Db, tenantId: TenantId, search = ''): Promise<Counts<GroupShow>> =>
  db
    .selectFrom('directory_groups')
    .select((e) => GROUP_SHOWS.map((show) => e.fn.countAll<number>().filterWhere(isShown(e, show)).as(show)))
    .where('tenant_id', '=', tenantId)
    .where(matches(search))
    .executeTakeFirstOrThrow()

/** One group of a tenant with the raw facts as Microsoft gave them. */
export const groupById = (db: Db, tenantId: TenantId, id: string) =>
  db
    .selectFrom('directory_groups')
    .select(['group_id as id', 'display_name', 'description', 'mail', 'membership_rule', 'gone_how', 'raw'])
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
  const pattern = containing(search)
  return sql<SqlBool>`(display_name ilike ${pattern} or mail ilike ${pattern})`
}
