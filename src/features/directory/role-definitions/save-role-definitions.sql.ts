import { sql } from 'kysely'
import type { Db } from '../../../database/index.ts'
import type { RoleDefinition } from '../../../graph/index.ts'
import { canonicalHash, type Json } from '../../../kernel/index.ts'

/** What a page, or several, came to; what a run is told of twice counts once. */
export interface RoleCounts {
  readonly seen: number
  readonly created: number
  readonly changed: number
}

/** Writes one page of a directory's role definitions: new ones are added, changed ones updated. Writing it twice leaves the same rows. */
export async function saveRoleDefinitions(
  tx: Db,
  tenantId: number,
  runId: number,
  definitions: readonly RoleDefinition[],
): Promise<RoleCounts> {
  const { rows } = await sql<RoleCounts>`
    with told as (
      select distinct on (id) * from jsonb_to_recordset(${JSON.stringify(definitions.map(rowOf))}::text::jsonb) as x (
        id text, name text, description text, built_in boolean, enabled boolean, raw jsonb, hash text
      )
    ),
    before as (
      select role_definition_id, content_hash, gone_since, last_seen_run_id = ${runId} as seen
      from directory_role_definitions where tenant_id = ${tenantId}
    ),
    written as (
      insert into directory_role_definitions as d (
        tenant_id, role_definition_id, display_name, description, is_built_in, is_enabled, raw, content_hash,
        last_seen_run_id
      )
      select ${tenantId}::bigint, id, name, description, built_in, enabled, raw, hash, ${runId}::bigint
      from told order by id
      on conflict (tenant_id, role_definition_id) do update set
        display_name = excluded.display_name, description = excluded.description,
        is_built_in = excluded.is_built_in, is_enabled = excluded.is_enabled, raw = excluded.raw,
        content_hash = excluded.content_hash, last_seen_at = now(), last_seen_run_id = excluded.last_seen_run_id,
        changed_at = case when d.content_hash <> excluded.content_hash then now() else d.changed_at end,
        gone_since = null
    )
    select
      (count(*) filter (where b.seen is not true))::int as seen,
      (count(*) filter (where b.role_definition_id is null))::int as created,
      (count(*) filter (where b.seen is false and (b.content_hash <> t.hash or b.gone_since is not null)))::int
        as changed
    from told t left join before b on b.role_definition_id = t.id`.execute(tx)
  return rows[0] ?? { seen: 0, created: 0, changed: 0 }
}

const rowOf = ({ description, displayName, id, isBuiltIn, isEnabled, raw }: RoleDefinition) => ({
  id,
  name: displayName,
  description,
  built_in: isBuiltIn,
  enabled: isEnabled,
  raw,
  hash: canonicalHash(raw as Json),
})

/** Marks what a run that has read everything did not tell of as gone; answers how many. */
export async function markNotReturned(tx: Db, tenantId: number, runId: number): Promise<number> {
  const { numUpdatedRows } = await tx
    .updateTable('directory_role_definitions')
    .set({ gone_since: sql<Date>`now()` })
    .where('tenant_id', '=', tenantId)
    .where('gone_since', 'is', null)
    .where('last_seen_run_id', '<>', runId)
    .executeTakeFirst()
  return Number(numUpdatedRows)
}
