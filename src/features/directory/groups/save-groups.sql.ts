import { sql } from 'kysely'
import type { Db } from '../../../database/index.ts'
import type { DeltaPage, Group, Removed } from '../../../graph/index.ts'
import type { TenantId } from '../../../kernel/index.ts'

/** What a page, or several, came to. */
export interface GroupCounts {
  readonly seen: number
  readonly created: number
  readonly changed: number
  readonly gone: number
}

/** The run that read, and the full sync it is part of or follows. */
interface Reading {
  readonly runId: number
  readonly fullSync: number
}

/**
 * Writes one page of groups: new ones are added, changed ones updated, removed ones marked as gone. Writing it
 * twice leaves the same rows. Rows are written in the order of their ids, so that two workers cannot block
 * each other.
 */
export async function savePageOfGroups(
  tx: Db,
  tenantId: TenantId,
  reading: Reading,
  { items, removed }: Pick<DeltaPage<Group>, 'items' | 'removed'>,
): Promise<GroupCounts> {
  const counts = items.length > 0 ? await saveTold(tx, tenantId, reading, items) : { created: 0, changed: 0 }
  const gone = removed.length > 0 ? await saveRemoved(tx, tenantId, removed) : 0
  return { seen: items.length, ...counts, gone }
}

/** What the row itself says afterwards tells new and changed ones apart; nothing is looked up before. */
async function saveTold(
  tx: Db,
  tenantId: TenantId,
  { fullSync, runId }: Reading,
  items: readonly Group[],
): Promise<Pick<GroupCounts, 'created' | 'changed'>> {
  const { rows } = await sql<Pick<GroupCounts, 'created' | 'changed'>>`
    with written as (
      insert into directory_groups as g (
        tenant_id, group_id, display_name, description, mail, kind, membership_rule, raw, full_sync,
        last_seen_run_id
      )
      select ${tenantId}::bigint, id, name, description, mail, kind, rule, raw, ${fullSync}::bigint,
        ${runId}::bigint
      from jsonb_to_recordset(${JSON.stringify(items.map(rowOf))}::text::jsonb) as told (
        id text, name text, description text, mail text, kind text, rule text, raw jsonb
      )
      order by id
      on conflict (tenant_id, group_id) do update set
        display_name = excluded.display_name, description = excluded.description, mail = excluded.mail,
        kind = excluded.kind, membership_rule = excluded.membership_rule, raw = excluded.raw,
        full_sync = excluded.full_sync, last_seen_at = now(), last_seen_run_id = excluded.last_seen_run_id,
        changed_at = case
          when g.raw <> excluded.raw or g.gone_since is not null then now()
          else g.changed_at
        end,
        gone_since = null, gone_how = null
      returning first_seen_at, changed_at
    )
    select count(*) filter (where first_seen_at = now())::int as created,
      count(*) filter (where changed_at = now())::int as changed
    from written`.execute(tx)
  return rows[0] ?? { created: 0, changed: 0 }
}

async function saveRemoved(tx: Db, tenantId: TenantId, removed: readonly Removed[]): Promise<number> {
  await planAnew(tx)
  const { rows } = await sql<{ gone: number }>`
    with removed as (
      select * from jsonb_to_recordset(${JSON.stringify(removed)}::text::jsonb) as x (id text, how text)
    ),
    marked as (
      update directory_groups g set gone_since = coalesce(g.gone_since, now()), gone_how = r.how
      from removed r where g.tenant_id = ${tenantId} and g.group_id = r.id
      returning g.gone_since
    )
    select count(*) filter (where gone_since = now())::int as gone from marked`.execute(tx)
  return rows[0]?.gone ?? 0
}

/**
 * Has the statements of this transaction planned for the table as it is now. A plan that was kept from when
 * the table was small reads all of it, for each page of half a million groups.
 */
const planAnew = (tx: Db) => sql`select set_config('plan_cache_mode', 'force_custom_plan', true)`.execute(tx)

const rowOf = ({ description, displayName, id, kind, mail, membershipRule, raw }: Group) => ({
  id,
  name: displayName,
  description,
  mail,
  kind,
  rule: membershipRule,
  raw,
})

/** So many groups are compared with a full sync in one commit. */
const PART = 5000

/** Whether groups come after one in the order of their ids. */
export async function areGroupsAfter(db: Db, tenantId: TenantId, after: string): Promise<boolean> {
  const { rows } = await sql`
    select from directory_groups where tenant_id = ${tenantId} and group_id > ${after} limit 1`.execute(db)
  return rows.length > 0
}

/**
 * Marks as gone what a full sync that has told everything did not tell of, among the groups that come next
 * after one in the order of their ids. Answers how many, and up to which group it looked; null when none came.
 */
export async function markNotReturned(
  tx: Db,
  tenantId: TenantId,
  fullSync: number,
  after: string,
): Promise<{ gone: number; upTo: string | null }> {
  await planAnew(tx)
  const { rows } = await sql<{ gone: number; upTo: string | null }>`
    with part as (
      select group_id from directory_groups where tenant_id = ${tenantId} and group_id > ${after}
      order by group_id limit ${PART}
    ),
    marked as (
      update directory_groups set gone_since = now(), gone_how = 'not_returned'
      where tenant_id = ${tenantId} and group_id > ${after} and group_id <= (select max(group_id) from part)
        and full_sync < ${fullSync} and gone_since is null
      returning group_id
    )
    select (select count(*) from marked)::int as gone, (select max(group_id) from part) as "upTo"`.execute(tx)
  return rows[0] ?? { gone: 0, upTo: null }
}
