import { type RawBuilder, type SqlBool, sql } from 'kysely'
import type { Db } from '../../../database/index.ts'
import type { TenantId } from '../../../kernel/index.ts'
import {
  asShown,
  containing,
  type FoundEntries,
  nameBeginsWith,
  naturalOrder,
  type Walk,
  type WantedPage,
  walkFrom,
} from '../../tenant-lists/index.ts'
import { countGroups, countsOf, type GroupShow, type SeenGroup, type Shelf, shelvesOf } from './groups.sql.ts'

/** A group in a list, with what it is ordered by. */
export interface ListedGroup extends Omit<SeenGroup, 'raw' | 'last_seen_run_id'> {
  readonly key: string
}

type Wanted = WantedPage<GroupShow>
type Found = FoundEntries<GroupShow, ListedGroup>

/** So many groups are simply read and searched. */
const FEW = 2000

/** How many groups are looked through at first for what is searched, and at most when those promise a full page. */
const LOOKED_AT_FIRST = 400
const LOOKED_AT_MOST = 10_000

/** One page of a tenant's groups as last told by Microsoft; searched by name and mail address. */
export async function findGroups(db: Db, tenantId: TenantId, wanted: Wanted): Promise<Found> {
  const { order, search, show } = wanted
  if (!search) return { entries: await walk(db, tenantId, wanted), counts: null, order }
  const standing = await countGroups(db, tenantId)
  const total = standing.present + standing.gone
  if (total <= FEW) return hits(db, tenantId, wanted, allOf(tenantId))
  if (isShort(search)) return beginning(db, tenantId, wanted)
  if (standing[show] <= FEW)
    return { ...(await lookThrough(db, tenantId, wanted, FEW + 1)), counts: null, order }
  return (await amongMany(db, tenantId, wanted, total)) ?? hits(db, tenantId, wanted, indexed(tenantId))
}

/**
 * A page of what so many groups have that a stretch of them fills it; null where the index is quicker. Names and dates
 * lie together where people keep to conventions, but those that never changed come by their ids, which are random.
 */
async function amongMany(db: Db, tenantId: TenantId, wanted: Wanted, total: number): Promise<Found | null> {
  const { edge, limit, order } = wanted
  if (edge && order.by !== 'changed') return null
  const ways = edge || order.by === 'changed' ? [order] : []
  if (!edge) ways.push({ by: 'changed', descending: false })
  for (const way of ways) {
    const look = (atMost: number) => lookThrough(db, tenantId, { ...wanted, order: way }, atMost)
    const first = await look(LOOKED_AT_FIRST)
    const isDone = first.isAll || first.entries.length > limit
    const share = first.entries.length / LOOKED_AT_FIRST
    const { entries, isAll } = isDone || isForIndex(share, limit, total) ? first : await look(LOOKED_AT_MOST)
    if (isAll || entries.length > limit) return { entries, counts: null, order: way }
  }
  return null
}

/** Whether the index, which reads every hit, has less to read than whoever looks for a page of what has this share. */
function isForIndex(share: number, limit: number, total: number): boolean {
  const lookedAt = limit / share
  return lookedAt > LOOKED_AT_MOST || lookedAt > share * total
}

/**
 * The index knows words by three letters in a row; fewer stand for the beginning of a name. Raised and encircled
 * digits are no letters to it.
 */
const isShort = (search: string) => !/[\p{L}\p{Nd}\p{Nl}]{3}/u.test(search)

/** Groups whose names begin with a few letters, by name: one stretch of the order of names. */
async function beginning(db: Db, tenantId: TenantId, wanted: Wanted): Promise<Found> {
  const order = wanted.order.by === 'name' ? wanted.order : naturalOrder('name')
  const edge = wanted.order.by === 'name' ? wanted.edge : null
  const entries = await walk(db, tenantId, { ...wanted, order, edge }, nameBeginsWith(wanted.search))
  return { entries, counts: null, order, onlyBeginnings: true }
}

/** The next groups of a filter in an order: a few from each of its shelves, merged. */
async function walk(
  db: Db,
  tenantId: TenantId,
  { edge, limit, order, show }: Wanted,
  only = sql<SqlBool>`true`,
) {
  const way = walkFrom(order, edge, 'group_id')
  const { rows } =
    await sql<ListedGroup>`${ordered(tenantId, shelvesOf(show), way, limit + 1, only)}`.execute(db)
  return asShown(rows, edge)
}

/**
 * Looks through so many of the next groups for those that match, until a page is full. The last one comes along even if
 * it does not match: without it these were all there are.
 */
async function lookThrough(
  db: Db,
  tenantId: TenantId,
  { edge, limit, order, search, show }: Wanted,
  atMost: number,
) {
  const way = walkFrom(order, edge, 'group_id')
  const { rows } = await sql<ListedGroup & { readonly matches: boolean; readonly place: number }>`
    select * from (
      select *, ${contains(search)} as matches, (row_number() over (order by k ${way.way}, id ${way.way}))::int as place
      from (${ordered(tenantId, shelvesOf(show), way, atMost)}) as next
    ) as looked_at
    where matches or place = ${sql.lit(atMost)}
    order by k ${way.way}, id ${way.way} limit ${limit + 1}`.execute(db)
  const found = rows.filter(({ matches }) => matches)
  const isFull = found.length > limit || rows.some(({ place }) => place === atMost)
  return { entries: asShown(found, edge), isAll: !isFull }
}

/** Every group that matches, of which one page is told, with how many each filter would leave. */
async function hits(
  db: Db,
  tenantId: TenantId,
  { edge, limit, order, search, show }: Wanted,
  among: RawBuilder<unknown>,
): Promise<Found> {
  const way = walkFrom(order, edge, 'group_id')
  const { rows } = await sql<ListedGroup & { readonly on_shelf: Partial<Record<Shelf, number>> | null }>`
    with hits as materialized (
      select group_id, shelf, ${way.key} as k, ${way.beyond} as is_beyond from ${among} and ${contains(search)}
    ),
    page as (
      select group_id, k from hits where is_beyond and shelf in (${sql.join(shelvesOf(show))})
      order by k ${way.way}, group_id ${way.way} limit ${limit + 1}
    ),
    counted as (
      select jsonb_object_agg(shelf, n) as on_shelf from (select shelf, count(*) as n from hits group by shelf) each
    )
    select counted.on_shelf, ${COLUMNS}, page.k::text as key
    from counted left join page on true
    left join directory_groups g on g.tenant_id = ${tenantId} and g.group_id = page.group_id
    order by page.k ${way.way}, page.group_id ${way.way}`.execute(db)
  const entries = rows.filter(({ id }) => id !== null)
  return { entries: asShown(entries, edge), counts: countsOf(rows[0]?.on_shelf ?? {}), order }
}

/** All groups of a tenant, where to search. */
const allOf = (tenantId: TenantId) =>
  sql`(select * from directory_groups where tenant_id = ${tenantId} offset 0) as all_of_them where true`

/** What the index of parts of words finds; the tenant is in the index too, in a form that only it understands. */
const indexed = (tenantId: TenantId) =>
  sql`directory_groups where array[tenant_id] @> array[${tenantId}::bigint]`

const COLUMNS = sql`g.group_id as id, g.display_name, g.description, g.mail, g.kind, g.membership_rule,
  g.first_seen_at, g.last_seen_at, g.changed_at, g.gone_since, g.gone_how`

/**
 * Groups of some shelves in one order. Each shelf is read along its index and no further than the merge asks for; both
 * limits stand in the statement itself, because the plan depends on them.
 */
function ordered(
  tenantId: TenantId,
  shelves: readonly Shelf[],
  way: Walk,
  atMost: number,
  only = sql<SqlBool>`true`,
) {
  const ofShelf = (shelf: Shelf) => sql`(
    select ${COLUMNS}, ${way.key} as k, (${way.key})::text as key from directory_groups g
    where tenant_id = ${tenantId} and shelf = ${sql.lit(shelf)} and ${way.beyond} and ${only}
    order by ${way.key} ${way.way}, group_id ${way.way} limit ${sql.lit(atMost)})`
  return sql`select * from (${sql.join(shelves.map(ofShelf), sql` union all `)}) as shelves
    order by k ${way.way}, id ${way.way} limit ${sql.lit(atMost)}`
}

/** The name and the mail address, apart: the expression of the index. */
const contains = (search: string) =>
  sql<SqlBool>`(display_name || chr(10) || coalesce(mail, '')) ilike ${containing(search)}`
