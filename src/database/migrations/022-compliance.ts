import { type Kysely, sql } from 'kysely'

/** The devices of a tenant as last observed, what became of their states, and how many stood where at each snapshot. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await devices(db)
  await changes(db)
  await counted(db)
  await snapshots(db)
  await sql`
    alter table workspaces
      add column compliance_kept_days integer not null default 730,
      add constraint workspaces_compliance_kept check (compliance_kept_days between 90 and 3650)`.execute(db)
}

/**
 * Every snapshot writes every device, as each has reached Intune since. No index knows what changes then, and half of
 * each page stays free, so that a device is rewritten in its place and no index is touched.
 */
async function devices(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table compliance_devices (
      tenant_id bigint not null references tenants on delete cascade,
      device_id text collate "C" not null,
      display_name text not null,
      user_name text,
      serial_number text,
      operating_system text,
      os_version text,
      system text not null,
      compliance_state text not null,
      grace_until timestamptz,
      /* When it last reached Intune; null if it never did. */
      last_contact_at timestamptz,
      managed_by text,
      raw jsonb not null,
      first_seen_at timestamptz not null default now(),
      last_seen_at timestamptz not null default now(),
      /* Runs are kept for a shorter time than what they saw; null where none is known. */
      last_seen_run_id bigint,
      changed_at timestamptz,
      gone_since timestamptz,
      /* The run that found it gone. */
      gone_run_id bigint,
      /* It had not reached Intune for long when it was last seen. */
      is_silent boolean not null generated always as (
        gone_since is null and (last_contact_at is null or last_seen_at - last_contact_at > interval '30 days')) stored,
      /* Where it stands: by its state while it is there. */
      shelf text collate "C" not null generated always as (
        case when gone_since is not null then 'gone' else compliance_state end) stored,
      primary key (tenant_id, device_id),
      constraint compliance_devices_state_known check (compliance_state in (
        'compliant', 'noncompliant', 'in_grace_period', 'unknown', 'error', 'conflict', 'config_manager', 'other')),
      constraint compliance_devices_system_known
        check (system in ('windows', 'macos', 'ios', 'android', 'linux', 'other')),
      constraint compliance_devices_gone_by_run check ((gone_since is null) = (gone_run_id is null))
    ) with (fillfactor = 50)`.execute(db)
  await sql`create index compliance_devices_by_name on compliance_devices (tenant_id, shelf,
    (translate(lower(display_name), 'àáâãäåçèéêëìíîïñòóôõöøùúûüýÿ', 'aaaaaaceeeeiiiinoooooouuuuyy') collate "C"),
    device_id)`.execute(db)
  await sql`create index compliance_devices_by_first_seen on compliance_devices (
    tenant_id, shelf, first_seen_at, device_id)`.execute(db)
  await sql`create index compliance_devices_by_changed on compliance_devices (
    tenant_id, shelf, coalesce(changed_at, '-infinity'), device_id)`.execute(db)
  await sql`create index compliance_devices_search on compliance_devices using gin (
    (array[tenant_id]),
    (display_name || chr(10) || coalesce(user_name, '') || chr(10) || coalesce(serial_number, '')) gin_trgm_ops)`.execute(
    db,
  )
  /* Retention asks for these. */
  await sql`create index compliance_devices_gone on compliance_devices (tenant_id, gone_since)
    where gone_since is not null`.execute(db)
}

/** The history of states holds changes alone: what did not change since it was first seen has no row here. */
async function changes(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table compliance_changes (
      tenant_id bigint not null,
      device_id text collate "C" not null,
      observed_at timestamptz not null default now(),
      run_id bigint,
      state_before text not null,
      state text not null,
      primary key (tenant_id, device_id, observed_at),
      foreign key (tenant_id, device_id) references compliance_devices on delete cascade,
      constraint compliance_changes_change check (state <> state_before)
    )`.execute(db)
  await sql`create index compliance_changes_old on compliance_changes (tenant_id, observed_at)`.execute(db)
  await sql`
    create function note_compliance_change() returns trigger language plpgsql as $$
    begin
      insert into compliance_changes (tenant_id, device_id, run_id, state_before, state)
      values (new.tenant_id, new.device_id, coalesce(new.gone_run_id, new.last_seen_run_id), old.shelf, new.shelf);
      return null;
    end $$`.execute(db)
  await sql`
    create trigger compliance_devices_changed after update on compliance_devices
      for each row when (old.shelf is distinct from new.shelf) execute function note_compliance_change()`.execute(
    db,
  )
}

/** How many devices stand on each shelf, by system and silence, kept by the statements that write them. */
async function counted(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table compliance_device_counts (
      tenant_id bigint not null references tenants on delete cascade,
      shelf text collate "C" not null,
      system text collate "C" not null,
      is_silent boolean not null,
      devices bigint not null,
      primary key (tenant_id, shelf, system, is_silent),
      constraint compliance_counts_not_negative check (devices >= 0)
    )`.execute(db)
  await sql`
    create function count_added_devices() returns trigger language plpgsql as $$
    begin
      insert into compliance_device_counts as c (tenant_id, shelf, system, is_silent, devices)
      select tenant_id, shelf, system, is_silent, count(*) from added group by 1, 2, 3, 4 order by 1, 2, 3, 4
      on conflict (tenant_id, shelf, system, is_silent) do update set devices = c.devices + excluded.devices;
      return null;
    end $$`.execute(db)
  await sql`
    create function count_moved_devices() returns trigger language plpgsql as $$
    begin
      with differences as (
        select tenant_id, shelf, system, is_silent, sum(n) as n from (
          select tenant_id, shelf, system, is_silent, 1 as n from moved
          union all select tenant_id, shelf, system, is_silent, -1 from before
        ) each group by 1, 2, 3, 4 having sum(n) <> 0
      )
      insert into compliance_device_counts as c (tenant_id, shelf, system, is_silent, devices)
      select tenant_id, shelf, system, is_silent, greatest(n, 0) from differences order by 1, 2, 3, 4
      on conflict (tenant_id, shelf, system, is_silent) do update
        set devices = c.devices + (
          select n from differences d
          where (d.tenant_id, d.shelf, d.system, d.is_silent) = (c.tenant_id, c.shelf, c.system, c.is_silent));
      return null;
    end $$`.execute(db)
  /* A tenant that goes takes its counts along, so nothing is added here. */
  await sql`
    create function count_removed_devices() returns trigger language plpgsql as $$
    begin
      update compliance_device_counts c set devices = c.devices - r.devices
      from (
        select tenant_id, shelf, system, is_silent, count(*) as devices from removed group by 1, 2, 3, 4
      ) r
      where (r.tenant_id, r.shelf, r.system, r.is_silent) = (c.tenant_id, c.shelf, c.system, c.is_silent);
      return null;
    end $$`.execute(db)
  await sql`
    create trigger compliance_devices_added after insert on compliance_devices referencing new table as added
      for each statement execute function count_added_devices()`.execute(db)
  await sql`
    create trigger compliance_devices_moved after update on compliance_devices
      referencing old table as before new table as moved
      for each statement execute function count_moved_devices()`.execute(db)
  await sql`
    create trigger compliance_devices_removed after delete on compliance_devices
      referencing old table as removed
      for each statement execute function count_removed_devices()`.execute(db)
}

/** One for each run that read every device: what Microsoft's summary said, and what the devices themselves come to. */
async function snapshots(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table compliance_snapshots (
      id bigint generated always as identity primary key,
      tenant_id bigint not null references tenants on delete cascade,
      /* Null once retention has removed the run. */
      run_id bigint references operation_runs on delete set null,
      observed_at timestamptz not null default now(),
      /* Null where it could not be read. */
      summary jsonb,
      compliant integer not null,
      noncompliant integer not null,
      in_grace_period integer not null,
      unknown integer not null,
      error integer not null,
      conflict integer not null,
      config_manager integer not null,
      other integer not null,
      silent integer not null,
      devices integer not null generated always as (
        compliant + noncompliant + in_grace_period + unknown + error + conflict + config_manager + other) stored,
      constraint compliance_snapshots_one_a_run unique (run_id),
      constraint compliance_snapshots_summary_is_counts check (jsonb_typeof(summary) = 'object'),
      constraint compliance_snapshots_not_negative check (
        least(compliant, noncompliant, in_grace_period, unknown, error, conflict, config_manager, other, silent) >= 0),
      constraint compliance_snapshots_silent_are_devices check (silent <= devices)
    )`.execute(db)
  await sql`create index compliance_snapshots_newest on compliance_snapshots (tenant_id, observed_at)`.execute(
    db,
  )
}
