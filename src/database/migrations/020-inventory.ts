import { type Kysely, sql } from 'kysely'

/** The policies of a tenant as last read, and of each type how its last reading went. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table inventory_items (
      tenant_id bigint not null references tenants on delete cascade,
      type text not null,
      policy_id text not null,
      /* What names it among all types: ids of two types may be the same. */
      item_id text not null generated always as (type || '.' || policy_id) stored,
      display_name text not null,
      description text,
      platform text,
      raw jsonb not null,
      /* What the policy sets, in the order Microsoft gives; null for types that have no such list. */
      settings jsonb,
      first_seen_at timestamptz not null default now(),
      last_seen_at timestamptz not null default now(),
      last_seen_run_id bigint not null,
      changed_at timestamptz,
      gone_since timestamptz,
      primary key (tenant_id, type, policy_id),
      constraint inventory_settings_are_a_list check (jsonb_typeof(settings) = 'array')
    )`.execute(db)
  await sql`create unique index inventory_items_id on inventory_items (tenant_id, item_id)`.execute(db)
  /* Retention asks whether a run still stands behind what is shown. */
  await sql`create index inventory_last_seen on inventory_items (tenant_id, last_seen_run_id)`.execute(db)

  await sql`
    create table inventory_readings (
      tenant_id bigint not null references tenants on delete cascade,
      type text not null,
      /* The last run that read the type to its end: what it did not tell of is gone. */
      read_run_id bigint,
      read_at timestamptz,
      /* A later run that could not; what is missing since is not known. */
      refused_run_id bigint,
      refused_at timestamptz,
      refused_reason jsonb,
      primary key (tenant_id, type),
      constraint inventory_readings_read_when check ((read_run_id is null) = (read_at is null)),
      constraint inventory_readings_refused_why
        check ((refused_run_id is null) = (refused_at is null) and (refused_run_id is null) = (refused_reason is null)),
      constraint inventory_readings_say_something check (read_run_id is not null or refused_run_id is not null)
    )`.execute(db)
}
