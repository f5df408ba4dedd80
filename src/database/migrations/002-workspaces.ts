import { type Kysely, sql } from 'kysely'

/**
 * Workspaces, tenants and who reaches them. Every tenant has one guard row: whatever could take the
 * ground from under a start that is being decided (state, membership, pause, freeze) bumps the guard's
 * version, and the commit of the start locks that row and compares.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table workspaces (
      id bigint generated always as identity primary key,
      name text not null,
      created_at timestamptz not null default now(),
      constraint workspaces_name_given check (length(trim(name)) between 1 and 200)
    )`.execute(db)
  await sql`
    alter table sessions
      add constraint sessions_workspace foreign key (workspace_id) references workspaces on delete set null`.execute(
    db,
  )
  await sql`
    create table workspace_memberships (
      id bigint generated always as identity primary key,
      workspace_id bigint not null references workspaces on delete cascade,
      user_id text not null references users on delete cascade,
      role text not null,
      reach text not null default 'all',
      created_at timestamptz not null default now(),
      constraint memberships_role_known check (role in ('readonly', 'operator', 'manager', 'owner')),
      constraint memberships_reach_known check (reach in ('all', 'selected')),
      constraint memberships_once unique (workspace_id, user_id)
    )`.execute(db)
  await sql`create index memberships_user on workspace_memberships (user_id)`.execute(db)
  await sql`
    create table api_key_workspaces (
      api_key_id text primary key references api_keys on delete cascade,
      workspace_id bigint not null references workspaces on delete cascade
    )`.execute(db)

  /*
   * A directory belongs to one proven tenant of the installation; a draft claims nothing, and so the
   * scope key of an unproven tenant is its own: it can neither hold nor observe anybody else's scope.
   */
  await sql`
    create table tenants (
      id bigint generated always as identity primary key,
      workspace_id bigint not null references workspaces on delete cascade,
      directory_id uuid not null,
      name text not null,
      domain text,
      state text not null default 'draft',
      proven_at timestamptz,
      archived_at timestamptz,
      created_at timestamptz not null default now(),
      scope_key text generated always as (
        'microsoft:directory:' || directory_id::text ||
        case when proven_at is null then ':tenant:' || id::text else '' end
      ) stored,
      constraint tenants_state_known check (state in ('draft', 'onboarding', 'active', 'archived')),
      constraint tenants_archived_has_time check ((state = 'archived') = (archived_at is not null)),
      constraint tenants_name_given check (length(trim(name)) between 1 and 500),
      constraint tenants_once_per_workspace unique (workspace_id, directory_id),
      constraint tenants_with_workspace unique (id, workspace_id)
    )`.execute(db)
  await sql`
    create unique index tenants_proven_directory on tenants (directory_id) where proven_at is not null`.execute(
    db,
  )
  await sql`create index tenants_directory on tenants (directory_id)`.execute(db)
  await sql`
    create table tenant_memberships (
      membership_id bigint not null references workspace_memberships on delete cascade,
      tenant_id bigint not null references tenants on delete cascade,
      role text,
      constraint tenant_memberships_role_known check (role in ('readonly', 'operator', 'manager', 'owner')),
      primary key (membership_id, tenant_id)
    )`.execute(db)
  await sql`create index tenant_memberships_tenant on tenant_memberships (tenant_id)`.execute(db)

  await sql`
    create table tenant_guards (
      tenant_id bigint primary key references tenants on delete cascade,
      version bigint not null default 1
    )`.execute(db)
  await sql`
    create table operational_controls (
      id bigint generated always as identity primary key,
      operation text not null,
      workspace_id bigint references workspaces on delete cascade,
      why text not null,
      author_id text references users on delete set null,
      author_name text not null,
      starts_at timestamptz not null default now(),
      ends_at timestamptz,
      lifted_at timestamptz,
      constraint controls_why_given check (length(trim(why)) > 0),
      constraint controls_end_after_start check (ends_at is null or ends_at > starts_at)
    )`.execute(db)
  await sql`
    create index controls_in_force on operational_controls (operation, workspace_id) where lifted_at is null`.execute(
    db,
  )
  await sql`
    create table freeze_windows (
      id bigint generated always as identity primary key,
      tenant_id bigint not null references tenants on delete cascade,
      why text not null,
      author_id text references users on delete set null,
      author_name text not null,
      starts_at timestamptz not null default now(),
      ends_at timestamptz,
      lifted_at timestamptz,
      constraint freezes_why_given check (length(trim(why)) > 0),
      constraint freezes_end_after_start check (ends_at is null or ends_at > starts_at)
    )`.execute(db)
  await sql`create index freezes_in_force on freeze_windows (tenant_id) where lifted_at is null`.execute(db)
  await guardTriggers(db)
}

/** Guards are always locked in the order of their tenants, so that two wide bumps cannot deadlock. */
async function guardTriggers(db: Kysely<unknown>): Promise<void> {
  await sql`
    create function bump_guards(of_workspace bigint, of_tenant bigint) returns void language sql as $$
      with locked as (
        select g.tenant_id from tenant_guards g join tenants t on t.id = g.tenant_id
        where (of_workspace is null or t.workspace_id = of_workspace) and (of_tenant is null or t.id = of_tenant)
        order by g.tenant_id for update of g
      )
      update tenant_guards g set version = g.version + 1 from locked where g.tenant_id = locked.tenant_id
    $$`.execute(db)
  await sql`
    create function tenants_have_a_guard() returns trigger language plpgsql as $$
    begin
      insert into tenant_guards (tenant_id) values (new.id);
      return new;
    end $$`.execute(db)
  await sql`
    create trigger tenants_have_a_guard after insert on tenants
      for each row execute function tenants_have_a_guard()`.execute(db)
  await sql`
    create function guard_tenant() returns trigger language plpgsql as $$
    begin
      perform bump_guards(null, new.id);
      return new;
    end $$`.execute(db)
  await sql`
    create trigger guard_tenant after update of state, workspace_id, directory_id, proven_at on tenants
      for each row execute function guard_tenant()`.execute(db)
  await sql`
    create function guard_workspace() returns trigger language plpgsql as $$
    begin
      perform bump_guards(coalesce(new.workspace_id, old.workspace_id), null);
      return coalesce(new, old);
    end $$`.execute(db)
  for (const table of ['workspace_memberships', 'operational_controls'])
    await sql`
      create trigger ${sql.ref(`guard_${table}`)} after insert or update or delete on ${sql.table(table)}
        for each row execute function guard_workspace()`.execute(db)
  await sql`
    create function guard_by_tenant() returns trigger language plpgsql as $$
    begin
      perform bump_guards(null, coalesce(new.tenant_id, old.tenant_id));
      return coalesce(new, old);
    end $$`.execute(db)
  for (const table of ['tenant_memberships', 'freeze_windows'])
    await sql`
      create trigger ${sql.ref(`guard_${table}`)} after insert or update or delete on ${sql.table(table)}
        for each row execute function guard_by_tenant()`.execute(db)
}
