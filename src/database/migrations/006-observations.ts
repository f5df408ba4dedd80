import { type Kysely, sql } from 'kysely'

/** What was last observed in a directory, each with the run that saw it. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table verification_reports (
      run_id bigint primary key references operation_runs on delete cascade,
      tenant_id bigint not null references tenants on delete cascade,
      connection_id bigint references provider_connections on delete cascade,
      checks jsonb not null,
      fingerprint text not null,
      changed_since timestamptz,
      created_at timestamptz not null default now(),
      constraint reports_checks_are_a_list check (jsonb_typeof(checks) = 'array')
    )`.execute(db)
  await sql`
    create index verification_reports_connection on verification_reports (connection_id, run_id desc)`.execute(
    db,
  )
  await sql`
    create table directory_role_definitions (
      tenant_id bigint not null references tenants on delete cascade,
      role_definition_id text not null,
      display_name text not null,
      description text,
      is_built_in boolean not null,
      is_enabled boolean not null,
      raw jsonb not null,
      content_hash text not null,
      first_seen_at timestamptz not null default now(),
      last_seen_at timestamptz not null default now(),
      last_seen_run_id bigint not null,
      changed_at timestamptz,
      gone_since timestamptz,
      primary key (tenant_id, role_definition_id)
    )`.execute(db)
  await sql`
    create index role_definitions_name on directory_role_definitions (tenant_id, display_name)`.execute(db)
}
