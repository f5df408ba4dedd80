import { sql } from 'kysely'
import { type Db, jsonb, textArray } from '../../database/index.ts'
import type { PolicyType } from '../../engine/catalog/index.ts'
import type { Reason } from '../../engine/reasons/index.ts'
import type { Json, TenantId } from '../../kernel/index.ts'
import { notSeenBy, type ReadingBy, seenBy } from '../provider-reads/index.ts'

/** A policy as it is kept. */
export interface Item {
  readonly id: string
  readonly name: string
  readonly description: string | null
  readonly platform: string | null
  readonly raw: Json
  /** What it sets; null for types that have no such list. */
  readonly settings: readonly Json[] | null
}

export interface ItemCounts {
  readonly seen: number
  readonly created: number
  readonly changed: number
}

/** Which policies are read: of which tenant and type, and by which run. */
export interface ItemsReading extends ReadingBy {
  readonly tenantId: TenantId
  readonly type: PolicyType
}

/**
 * Writes policies of one type: new ones are added, changed ones updated. Writing them twice leaves the same rows. They
 * are written in the order of their ids, so that nobody who writes the same ones is waited for in a circle. What is
 * equal stays as it lies, or its long texts would be stored once more at every sync.
 */
export async function saveItems(
  tx: Db,
  { runId, tenantId, type }: ItemsReading,
  items: readonly Item[],
): Promise<ItemCounts> {
  const { rows } = await sql<ItemCounts>`
    with written as (
      insert into inventory_items as i (
        tenant_id, type, policy_id, display_name, description, platform, raw, settings, last_seen_run_id
      )
      select distinct on (id) ${tenantId}::bigint, ${type}, id, name, description, platform, raw,
        nullif(settings, 'null'), ${runId}::bigint
      from jsonb_to_recordset(${JSON.stringify(items)}::text::jsonb) as told (
        id text, name text, description text, platform text, raw jsonb, settings jsonb
      )
      order by id
      on conflict (tenant_id, type, policy_id) do update set
        display_name = excluded.display_name, description = excluded.description, platform = excluded.platform,
        raw = case when i.raw = excluded.raw then i.raw else excluded.raw end,
        settings = case when i.settings = excluded.settings then i.settings else excluded.settings end, last_seen_at = now(),
        last_seen_run_id = excluded.last_seen_run_id,
        changed_at = case
          when i.raw <> excluded.raw or i.settings is distinct from excluded.settings or i.gone_since is not null
            then now()
          else i.changed_at
        end,
        gone_since = null
      returning first_seen_at, changed_at
    )
    select count(*)::int as seen, count(*) filter (where first_seen_at = now())::int as created,
      count(*) filter (where changed_at = now())::int as changed
    from written`.execute(tx)
  return rows[0] ?? { seen: 0, created: 0, changed: 0 }
}

/** Which of some policies this very reading has written already. */
export async function writtenBefore(
  db: Db,
  reading: ItemsReading,
  ids: readonly string[],
): Promise<ReadonlySet<string>> {
  const rows = await db
    .selectFrom('inventory_items')
    .select('policy_id')
    .where('tenant_id', '=', reading.tenantId)
    .where('type', '=', reading.type)
    .where(seenBy(reading))
    .where('policy_id', '=', sql<string>`any(${textArray(ids)})`)
    .execute()
  return new Set(rows.map(({ policy_id }) => policy_id))
}

/** A type is read to its end: what the run did not tell of is gone. Answers how many that are. */
export async function endReading(tx: Db, reading: ItemsReading): Promise<number> {
  const { runId, tenantId, type } = reading
  await sql`
    insert into inventory_readings (tenant_id, type, read_run_id, read_at) values (${tenantId}, ${type}, ${runId}, now())
    on conflict (tenant_id, type) do update set read_run_id = excluded.read_run_id, read_at = excluded.read_at,
      refused_run_id = null, refused_at = null, refused_reason = null`.execute(tx)
  const { numUpdatedRows } = await tx
    .updateTable('inventory_items')
    .set({ gone_since: sql<Date>`now()` })
    .where('tenant_id', '=', tenantId)
    .where('type', '=', type)
    .where('gone_since', 'is', null)
    .where(notSeenBy(reading))
    .executeTakeFirst()
  return Number(numUpdatedRows)
}

/** A type could not be read, and why: what is missing of it since is not known. */
export const refuseReading = (tx: Db, { runId, tenantId, type }: ItemsReading, reason: Reason) =>
  sql`
    insert into inventory_readings (tenant_id, type, refused_run_id, refused_at, refused_reason)
    values (${tenantId}, ${type}, ${runId}, now(), ${jsonb(reason)})
    on conflict (tenant_id, type) do update set refused_run_id = excluded.refused_run_id,
      refused_at = excluded.refused_at, refused_reason = excluded.refused_reason`.execute(tx)
