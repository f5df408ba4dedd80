import { sql } from 'kysely'
import type { Db } from '../../../database/index.ts'
import type { DeltaPage, Group } from '../../../graph/index.ts'
import { canonicalHash, type Json, type TenantId } from '../../../kernel/index.ts'

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
  { fullSync, runId }: Reading,
  { items, removed }: Pick<DeltaPage<Group>, 'items' | 'removed'>,
): Promise<GroupCounts> {
  const { rows } = await sql<GroupCounts>`
    with told as (
      select * from jsonb_to_recordset(${JSON.stringify(items.map(rowOf))}::text::jsonb) as x (
        id text, name text, description text, mail text, kind text, rule text, raw jsonb, hash text
      )
    ),
    removed as (
      select * from jsonb_to_recordset(${JSON.stringify(removed)}::text::jsonb) as x (id text, how text)
    ),
    before as (
      select group_id, content_hash, gone_since from directory_groups
      where tenant_id = ${tenantId} and group_id in (select id from told union all select id from removed)
    ),
    written as (
      insert into directory_groups as g (
        tenant_id, group_id, display_name, description, mail, kind, membership_rule, raw, content_hash, full_sync,
        last_seen_run_id
      )
      select ${tenantId}::bigint, id, name, description, mail, kind, rule, raw, hash, ${fullSync}::bigint,
        ${runId}::bigint
      from told order by id
      on conflict (tenant_id, group_id) do update set
        display_name = excluded.display_name, description = excluded.description, mail = excluded.mail,
        kind = excluded.kind, membership_rule = excluded.membership_rule, raw = excluded.raw,
        content_hash = excluded.content_hash, full_sync = excluded.full_sync,
        last_seen_at = now(), last_seen_run_id = excluded.last_seen_run_id,
        changed_at = case
          when g.content_hash <> excluded.content_hash or g.gone_since is not null then now()
          else g.changed_at
        end,
        gone_since = null, gone_how = null
    ),
    gone as (
      update directory_groups g set gone_since = coalesce(g.gone_since, now()), gone_how = r.how
      from removed r where g.tenant_id = ${tenantId} and g.group_id = r.id
    )
    select
      (select count(*) from told)::int as seen,
      (select count(*) from told t where not exists (select from before b where b.group_id = t.id))::int as created,
      (select count(*) from told t join before b on b.group_id = t.id
        where b.content_hash <> t.hash or b.gone_since is not null)::int as changed,
      (select count(*) from removed r join before b on b.group_id = r.id where b.gone_since is null)::int
        as gone`.execute(tx)
  return rows[0] ?? { seen: 0, created: 0, changed: 0, gone: 0 }
}

const rowOf = ({ description, displayName, id, kind, mail, membershipRule, raw }: Group) => ({
  id,
  name: displayName,
  description,
  mail,
  kind,
  rule: membershipRule,
  raw,
  hash: canonicalHash(raw as Json),
})

/** Marks what a full sync that has ended did not tell of as gone; answers how many. */
export async function markNotReturned(tx: Db, tenantId: TenantId, fullSync: number): Promise<number> {
  const { numUpdatedRows } = await tx
    .updateTable('directory_groups')
    .set({ gone_since: sql<Date>`now()`, gone_how: 'not_returned' })
    .where('tenant_id', '=', tenantId)
    .where('full_sync', '<', fullSync)
    .where('gone_since', 'is', null)
    .executeTakeFirst()
  return Number(numUpdatedRows)
}
