import { type RawBuilder, type SqlBool, sql } from 'kysely'
import type { Db } from '../../database/index.ts'
import type { TenantId } from '../../kernel/index.ts'
import {
  asShown,
  containing,
  type FoundEntries,
  nameBeginsWith,
  naturalOrder,
  type Walk,
  type WantedPage,
  walkFrom,
} from '../tenant-lists/index.ts'
import { countDevices, type DeviceShow, leftBy, type SeenDevice } from './devices.sql.ts'
import type { Shelf } from './states.ts'

/** A device in a list, with what it is ordered by. */
export interface ListedDevice extends Omit<SeenDevice, 'raw' | 'last_seen_run_id' | 'changes'> {
  readonly key: string
}

type Wanted = WantedPage<DeviceShow>
type Found = FoundEntries<DeviceShow, ListedDevice>

/** So many devices are looked through for what is searched before the index is asked. */
const LOOKED_AT = 2000

/** One page of a tenant's devices as last observed; searched by name, user and serial number. */
export async function findDevices(db: Db, tenantId: TenantId, wanted: Wanted): Promise<Found> {
  const { limit, order, search, show } = wanted
  const found = (entries: readonly ListedDevice[]): Found => ({ entries, counts: null, order })
  if (!search) return found(await walk(db, tenantId, wanted))
  const counts = await countDevices(db, tenantId)
  if (counts[show] <= LOOKED_AT) return found(await walk(db, tenantId, wanted))
  const near = await lookThrough(db, tenantId, wanted, LOOKED_AT)
  if (near.length > limit) return found(near)
  return isShort(search) ? beginning(db, tenantId, wanted) : found(await indexed(db, tenantId, wanted))
}

/** The index knows words by three letters in a row; fewer stand for the beginning of a name. */
const isShort = (search: string) => !/[\p{L}\p{Nd}\p{Nl}]{3}/u.test(search)

/** Devices whose names begin with a few letters, by name: one stretch of the order of names. */
async function beginning(db: Db, tenantId: TenantId, wanted: Wanted): Promise<Found> {
  const isByName = wanted.order.by === 'name'
  const order = isByName ? wanted.order : naturalOrder('name')
  const byName = { ...wanted, order, edge: isByName ? wanted.edge : null }
  const entries = await walk(db, tenantId, byName, nameBeginsWith(wanted.search))
  return { entries, counts: null, order, onlyBeginnings: true }
}

const COLUMNS = sql`device_id as id, display_name, null::text as description, user_name, serial_number,
  operating_system, os_version, system, compliance_state as state, grace_until, last_contact_at, managed_by, is_silent,
  first_seen_at, last_seen_at, changed_at, gone_since`

/** The next devices that a filter and a search leave, however far away. */
async function walk(
  db: Db,
  tenantId: TenantId,
  { edge, limit, order, search, show }: Wanted,
  hit = contains(search),
) {
  const way = walkFrom(order, edge, 'device_id')
  const matches = sql<SqlBool>`${ofFilter(show)} and ${hit}`
  const next = inOrder(tenantId, leftBy(show).shelves, way, matches, limit + 1)
  const { rows } = await sql<ListedDevice>`${next}`.execute(db)
  return asShown(rows, edge)
}

/** Those of them that are among so many of the next devices. */
async function lookThrough(
  db: Db,
  tenantId: TenantId,
  { edge, limit, order, search, show }: Wanted,
  atMost: number,
) {
  const way = walkFrom(order, edge, 'device_id')
  const next = inOrder(tenantId, leftBy(show).shelves, way, ofFilter(show), atMost)
  const { rows } = await sql<ListedDevice>`
    select * from (${next}) as looked_at where ${contains(search)}
    order by k ${way.way}, id ${way.way} limit ${limit + 1}`.execute(db)
  return asShown(rows, edge)
}

/**
 * Devices of some shelves in one order, at most so many. Each shelf is read along its index and no further than the
 * merge asks for; the limits stand in the statement itself, because the plan depends on them.
 */
function inOrder(
  tenantId: TenantId,
  shelves: readonly Shelf[],
  { beyond, key, way }: Walk,
  only: RawBuilder<SqlBool>,
  atMost: number,
) {
  const onShelf = (shelf: Shelf) => sql`(
    select ${COLUMNS}, ${key} as k, (${key})::text as key from compliance_devices
    where tenant_id = ${tenantId} and shelf = ${sql.lit(shelf)} and ${beyond} and ${only}
    order by ${key} ${way}, device_id ${way} limit ${sql.lit(atMost)})`
  return sql`select * from (${sql.join(shelves.map(onShelf), sql` union all `)}) as shelves
    order by k ${way}, id ${way} limit ${sql.lit(atMost)}`
}

/** A page of what the index of parts of words finds; the tenant is in it too, in a form that only it understands. */
async function indexed(db: Db, tenantId: TenantId, { edge, limit, order, search, show }: Wanted) {
  const way = walkFrom(order, edge, 'device_id')
  const { rows } = await sql<ListedDevice>`
    select ${COLUMNS}, (${way.key})::text as key from compliance_devices
    where array[tenant_id] @> array[${tenantId}::bigint] and ${contains(search)}
      and shelf in (${sql.join(leftBy(show).shelves)}) and ${ofFilter(show)} and ${way.beyond}
    order by ${way.key} ${way.way}, device_id ${way.way} limit ${limit + 1}`.execute(db)
  return asShown(rows, edge)
}

/** What a filter leaves of its shelves. */
function ofFilter(show: DeviceShow): RawBuilder<SqlBool> {
  const { isSilent, system } = leftBy(show)
  if (isSilent) return sql`is_silent`
  return system ? sql`system = ${system}` : sql`true`
}

/** Name, user and serial number, apart: the expression of the index. */
const contains = (search: string): RawBuilder<SqlBool> =>
  search
    ? sql`(display_name || chr(10) || coalesce(user_name, '') || chr(10) || coalesce(serial_number, ''))
        ilike ${containing(search)}`
    : sql`true`
