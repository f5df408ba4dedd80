import { type ExpressionBuilder, type SqlBool, sql } from 'kysely'
import { type Db, type Tables, textArray } from '../../database/index.ts'
import { POLICY_TYPES, type PolicyType } from '../../engine/catalog/index.ts'
import type { TenantId } from '../../kernel/index.ts'
import { asShown, type Counts, containing, type WantedPage, walkFrom } from '../tenant-lists/index.ts'
import { idsAssigned } from './assignments.ts'
import type { Platform } from './inventory-type.ts'
import { scopeTagsOf } from './scope-tags-of.ts'

/** Which of a tenant's policies a list shows; each type only while present. */
export const ITEM_SHOWS = ['present', ...POLICY_TYPES, 'gone'] as const
export type ItemShow = (typeof ITEM_SHOWS)[number]

/** One page of a tenant's policies as last read; searched by name. A tenant has some thousands. */
export async function findItems(db: Db, tenantId: TenantId, wanted: WantedPage<ItemShow>) {
  const [entries, counts] = await Promise.all([
    listItems(db, tenantId, wanted),
    countItems(db, tenantId, wanted.search),
  ])
  return { entries, counts, order: wanted.order }
}

async function listItems(db: Db, tenantId: TenantId, wanted: WantedPage<ItemShow>) {
  const { edge, limit, order, search, show } = wanted
  const walk = walkFrom(order, edge, 'item_id')
  const rows = await db
    .selectFrom('inventory_items')
    .select(['item_id as id', 'display_name', 'description'])
    .select((e) => [e.ref('type').$castTo<PolicyType>().as('type')])
    .select((e) => [e.ref('platform').$castTo<Platform | null>().as('platform')])
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
    .orderBy(sql`${walk.key} ${walk.way}, item_id ${walk.way}`)
    .limit(limit + 1)
    .execute()
  return asShown(rows, edge)
}

export type ListedItem = Awaited<ReturnType<typeof listItems>>[number]

/** How many policies of a tenant each filter would leave, among those whose name is searched for. */
export const countItems = (db: Db, tenantId: TenantId, search: string): Promise<Counts<ItemShow>> =>
  db
    .selectFrom('inventory_items')
    .select((e) => ITEM_SHOWS.map((show) => e.fn.countAll<number>().filterWhere(isShown(e, show)).as(show)))
    .where('tenant_id', '=', tenantId)
    .where(named(search))
    .executeTakeFirstOrThrow()

/** One policy of a tenant with the raw facts as Microsoft gave them, and the names of what it names by ids. */
export async function itemById(db: Db, tenantId: TenantId, id: string) {
  const item = await db
    .selectFrom('inventory_items')
    .select(['item_id as id', 'policy_id', 'display_name', 'description', 'raw', 'settings'])
    .select((e) => [e.ref('type').$castTo<PolicyType>().as('type')])
    .select((e) => [e.ref('platform').$castTo<Platform | null>().as('platform')])
    .select(['first_seen_at', 'last_seen_at', 'last_seen_run_id', 'changed_at', 'gone_since'])
    .where('tenant_id', '=', tenantId)
    .where('item_id', '=', id)
    .executeTakeFirst()
  return item && { ...item, named: await namesOf(db, tenantId, item.raw) }
}

export type SeenItem = NonNullable<Awaited<ReturnType<typeof itemById>>>

/** What a policy names by ids is called, as far as it was read: groups, directory roles, filters and scope tags. */
async function namesOf(db: Db, tenantId: TenantId, raw: unknown): Promise<ReadonlyMap<string, string>> {
  const ids = textArray(idsAssigned(raw))
  const { rows } = await sql<{ id: string; name: string }>`
    select group_id as id, display_name as name from directory_groups
    where tenant_id = ${tenantId} and group_id = any(${ids})
    union all
    select role_definition_id, display_name from directory_role_definitions
    where tenant_id = ${tenantId} and role_definition_id = any(${ids})
    union all
    select policy_id, display_name from inventory_items
    where tenant_id = ${tenantId} and type = 'assignment_filters' and policy_id = any(${ids})
    union all
    select policy_id, display_name from inventory_items
    where tenant_id = ${tenantId} and type = 'scope_tags' and policy_id = any(${textArray(scopeTagsOf(raw))})
  `.execute(db)
  return new Map(rows.map(({ id, name }) => [id, name]))
}

function isShown(e: ExpressionBuilder<Tables, 'inventory_items'>, show: ItemShow) {
  if (show === 'gone') return e('gone_since', 'is not', null)
  const present = e('gone_since', 'is', null)
  return show === 'present' ? present : present.and('type', '=', show)
}

const named = (search: string) => sql<SqlBool>`display_name ilike ${containing(search)}`
