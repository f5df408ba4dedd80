import { sql } from 'kysely'
import type { Db } from '../../../database/index.ts'
import type { Counts } from '../../../engine/runs/index.ts'
import type { RoleDefinition } from '../../../graph/index.ts'
import { canonicalHash, type Json } from '../../../kernel/index.ts'

/**
 * Compares a full reading of a directory's role definitions with the rows: new ones are added, changed
 * ones updated, absent ones marked as gone. Running it twice leaves the same rows.
 */
export async function saveRoleDefinitions(
  tx: Db,
  tenantId: number,
  runId: number,
  definitions: readonly RoleDefinition[],
): Promise<Counts> {
  const seen = JSON.stringify(definitions.map(rowOf))
  const { rows } = await sql<{ seen: number; created: number; changed: number; gone: number }>`
    with seen as (
      select distinct on (id) * from jsonb_to_recordset(${seen}::text::jsonb) as x (
        id text, name text, description text, built_in boolean, enabled boolean, raw jsonb, hash text
      )
    ),
    before as (
      select role_definition_id, content_hash, gone_since from directory_role_definitions where tenant_id = ${tenantId}
    ),
    written as (
      insert into directory_role_definitions as d (
        tenant_id, role_definition_id, display_name, description, is_built_in, is_enabled, raw, content_hash,
        last_seen_run_id
      )
      select ${tenantId}::bigint, id, name, description, built_in, enabled, raw, hash, ${runId}::bigint from seen
      on conflict (tenant_id, role_definition_id) do update set
        display_name = excluded.display_name, description = excluded.description,
        is_built_in = excluded.is_built_in, is_enabled = excluded.is_enabled, raw = excluded.raw,
        content_hash = excluded.content_hash, last_seen_at = now(), last_seen_run_id = excluded.last_seen_run_id,
        changed_at = case when d.content_hash <> excluded.content_hash then now() else d.changed_at end,
        gone_since = null
      returning d.role_definition_id
    ),
    gone as (
      update directory_role_definitions d set gone_since = now()
      where d.tenant_id = ${tenantId} and d.gone_since is null
        and not exists (select 1 from seen s where s.id = d.role_definition_id)
      returning d.role_definition_id
    )
    select
      (select count(*) from written)::int as seen,
      (select count(*) from seen s where not exists (select 1 from before b where b.role_definition_id = s.id))::int
        as created,
      (select count(*) from seen s join before b on b.role_definition_id = s.id
        where b.content_hash <> s.hash or b.gone_since is not null)::int as changed,
      (select count(*) from gone)::int as gone`.execute(tx)
  const { changed, created, gone, seen: all } = rows[0] ?? { seen: 0, created: 0, changed: 0, gone: 0 }
  return { seen: all, created, changed, unchanged: all - created - changed, gone }
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
