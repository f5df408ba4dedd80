import { type Kysely, sql } from 'kysely'

/** The groups of a directory as last told by Microsoft, and from where their changes are read on. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table directory_groups (
      tenant_id bigint not null references tenants on delete cascade,
      group_id text not null,
      display_name text not null,
      description text,
      mail text,
      kind text not null,
      membership_rule text,
      raw jsonb not null,
      content_hash text not null,
      /* The full sync that told of it last, or during whose validity a change told of it. */
      full_sync bigint not null,
      first_seen_at timestamptz not null default now(),
      last_seen_at timestamptz not null default now(),
      last_seen_run_id bigint not null,
      changed_at timestamptz,
      gone_since timestamptz,
      gone_how text,
      primary key (tenant_id, group_id),
      constraint groups_kind_known
        check (kind in ('security', 'microsoft_365', 'mail_enabled_security', 'distribution')),
      constraint groups_gone_how_known check (gone_how in ('soft_deleted', 'deleted', 'not_returned')),
      constraint groups_gone_has_how check ((gone_since is null) = (gone_how is null))
    )`.execute(db)
  await sql`create index groups_name on directory_groups (tenant_id, display_name, group_id)`.execute(db)
  /* Retention asks whether a run still stands behind what is shown. */
  await sql`create index groups_last_seen on directory_groups (tenant_id, last_seen_run_id)`.execute(db)

  await sql`
    create table sync_states (
      tenant_id bigint not null references tenants on delete cascade,
      selection_key text not null,
      /* Counts the full syncs that were begun: what an older one told of and this one did not is gone. */
      full_sync bigint not null,
      /* From where changes are read; null while a full sync has begun and not ended. */
      delta_link text,
      read_at timestamptz,
      primary key (tenant_id, selection_key),
      constraint sync_states_link_was_read check (delta_link is null or read_at is not null)
    )`.execute(db)

  /* A full sync never takes the number of an earlier one, or what is gone would look as if it had been seen. */
  await sql`
    create function sync_states_count_up() returns trigger language plpgsql as $$
    begin
      if new.full_sync < old.full_sync then
        raise exception 'full sync % of tenant % was already begun', new.full_sync, new.tenant_id
          using errcode = 'check_violation';
      end if;
      return new;
    end $$`.execute(db)
  await sql`
    create trigger sync_states_count_up before update on sync_states
      for each row execute function sync_states_count_up()`.execute(db)
}
