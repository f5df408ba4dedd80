import { type Kysely, sql } from 'kysely'

/** How tenants, API keys and records begin, change and end. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await claims(db)
  await moves(db)
  await keyScopes(db)
  await retention(db)
}

/**
 * A proven tenant claims its directory for as long as it is not archived. Whoever proves control of a directory
 * that is claimed elsewhere is marked, and stays unproven. An archived tenant has a scope of its own, so that it
 * neither holds nor observes what the next owner of the directory does; its run keeps the scope it was admitted with.
 */
async function claims(db: Kysely<unknown>): Promise<void> {
  await sql`
    alter table tenants
      add column archived_from text,
      add column conflicted_at timestamptz,
      drop column scope_key,
      add constraint tenants_archived_from_known check (archived_from in ('draft', 'onboarding', 'active')),
      add constraint tenants_archived_from_when_archived check (archived_from is null or state = 'archived'),
      add constraint tenants_conflict_is_unproven check (conflicted_at is null or proven_at is null)`.execute(
    db,
  )
  await sql`
    alter table tenants add column scope_key text generated always as (
      'microsoft:directory:' || directory_id::text ||
      case when proven_at is null or state = 'archived' then ':tenant:' || id::text else '' end
    ) stored`.execute(db)
  await sql`drop index tenants_proven_directory`.execute(db)
  await sql`
    create unique index tenants_proven_directory on tenants (directory_id)
      where proven_at is not null and state <> 'archived'`.execute(db)

  /*
   * With its proof a tenant gets another scope. At the commit nobody may be at work under the new one, and none of
   * its own runs under the old one; the run that proves ends in the same commit, hence deferred.
   */
  await sql`
    create function tenants_scope_is_free() returns trigger language plpgsql as $$
    begin
      if exists (
        select from operation_runs r join tenants t on t.id = new.id
        where r.status in ('queued', 'running') and t.proven_at is not null and t.state <> 'archived' and (
          (r.scope_key = t.scope_key and r.tenant_id <> t.id)
          or (r.scope_key = t.scope_key || ':tenant:' || t.id))
      ) then
        raise exception 'tenant % cannot be proven while its directory is being worked on', new.id
          using errcode = 'check_violation', constraint = 'tenants_scope_is_free';
      end if;
      return null;
    end $$`.execute(db)
  await sql`
    create constraint trigger tenants_scope_is_free after update of proven_at, state on tenants
      deferrable initially deferred for each row
      when (new.proven_at is not null and old.scope_key is distinct from new.scope_key)
      execute function tenants_scope_is_free()`.execute(db)
  await sql`drop trigger guard_tenant on tenants`.execute(db)
  await sql`
    create trigger guard_tenant
      after update of state, workspace_id, directory_id, proven_at, conflicted_at on tenants
      for each row execute function guard_tenant()`.execute(db)
}

/**
 * The ways a tenant may go: draft, onboarding, active, and from each of them into the archive and back to what
 * it was. One that returns to a directory that somebody else has proven meanwhile has to prove itself anew.
 */
async function moves(db: Kysely<unknown>): Promise<void> {
  await sql`
    create function tenants_move_on() returns trigger language plpgsql as $$
    begin
      if new.directory_id <> old.directory_id or new.workspace_id <> old.workspace_id then
        raise exception 'tenant % stays with its directory and workspace', old.id
          using errcode = 'check_violation', constraint = 'tenants_move_on';
      end if;
      if new.state = old.state then
        return new;
      end if;
      if new.state = 'archived' then
        new.archived_from := old.state;
      elsif old.state = 'archived' then
        if new.state <> coalesce(old.archived_from, 'active') then
          raise exception 'tenant % returns to what it was', old.id
            using errcode = 'check_violation', constraint = 'tenants_move_on';
        end if;
        new.archived_from := null;
        if new.proven_at is not null and exists (
          select from tenants o where o.directory_id = new.directory_id and o.id <> new.id
            and o.proven_at is not null and o.state <> 'archived'
        ) then
          new.proven_at := null;
        end if;
      elsif (old.state, new.state) not in (('draft', 'onboarding'), ('onboarding', 'active')) then
        raise exception 'tenant % does not go from % to %', old.id, old.state, new.state
          using errcode = 'check_violation', constraint = 'tenants_move_on';
      end if;
      return new;
    end $$`.execute(db)
  await sql`
    create trigger tenants_move_on before update on tenants
      for each row execute function tenants_move_on()`.execute(db)

  await sql`
    create function connections_not_into_the_archive() returns trigger language plpgsql as $$
    begin
      perform from tenants where id = new.tenant_id and state = 'archived' for share;
      if found then
        raise exception 'tenant % is archived and takes no connection', new.tenant_id
          using errcode = 'check_violation', constraint = 'connections_not_into_the_archive';
      end if;
      return new;
    end $$`.execute(db)
  await sql`
    create trigger connections_not_into_the_archive before insert on provider_connections
      for each row execute function connections_not_into_the_archive()`.execute(db)
}

/** What a key may do at most: never more than a role, never beyond selected tenants; both of its own workspace. */
async function keyScopes(db: Kysely<unknown>): Promise<void> {
  await sql`
    alter table api_key_workspaces
      add column most_role text,
      add column reach text not null default 'all',
      add constraint api_key_workspaces_role_known
        check (most_role in ('readonly', 'operator', 'manager', 'owner')),
      add constraint api_key_workspaces_reach_known check (reach in ('all', 'selected')),
      add constraint api_key_workspaces_with_workspace unique (api_key_id, workspace_id)`.execute(db)
  await sql`
    create table api_key_tenants (
      api_key_id text not null,
      workspace_id bigint not null,
      tenant_id bigint not null,
      primary key (api_key_id, tenant_id),
      constraint api_key_tenants_of_key foreign key (api_key_id, workspace_id)
        references api_key_workspaces (api_key_id, workspace_id) on delete cascade,
      constraint api_key_tenants_of_workspace foreign key (tenant_id, workspace_id)
        references tenants (id, workspace_id) on delete cascade
    )`.execute(db)
  await sql`create index api_key_tenants_tenant on api_key_tenants (tenant_id)`.execute(db)
  /* Of two roles the one that may less; null limits nothing. */
  await sql`
    create function lesser_role(one text, other text) returns text language sql immutable as $$
      select case
        when one is null or other is null then one
        else (array['readonly', 'operator', 'manager', 'owner'])[least(
          array_position(array['readonly', 'operator', 'manager', 'owner'], one),
          array_position(array['readonly', 'operator', 'manager', 'owner'], other))]
      end
    $$`.execute(db)
}

/**
 * How long a workspace keeps its records, in days, and up to when they may have been removed. Audit records stay
 * append-only: only retention may remove them, by saying so in its transaction, and only those that are old enough
 * and tell of no operation that is still there.
 */
async function retention(db: Kysely<unknown>): Promise<void> {
  await sql`
    alter table workspaces
      add column operations_kept_days integer not null default 365,
      add column audit_kept_days integer not null default 730,
      add column notifications_kept_days integer not null default 90,
      add column operations_removed_until timestamptz,
      add column notifications_removed_until timestamptz,
      add constraint workspaces_operations_kept check (operations_kept_days between 30 and 3650),
      add constraint workspaces_audit_kept check (audit_kept_days between 365 and 3650),
      add constraint workspaces_notifications_kept check (notifications_kept_days between 7 and 365),
      add constraint workspaces_audit_outlives_operations check (audit_kept_days >= operations_kept_days)`.execute(
    db,
  )
  await sql`
    create or replace function audit_is_append_only() returns trigger language plpgsql as $$
    begin
      if tg_op = 'DELETE' then
        if current_setting('tenantpilot.retention', true) = 'on'
          and old.at < now() - make_interval(days => coalesce(
            (select audit_kept_days from workspaces where id = old.workspace_id), 730))
          and not exists (select from operation_runs where id = old.run_id)
        then
          return old;
        end if;
      end if;
      raise exception 'audit records are only ever added' using errcode = 'insufficient_privilege';
    end $$`.execute(db)
  await sql`create index audit_workspace_age on audit_records (workspace_id, at)`.execute(db)
  await sql`create index runs_workspace_age on operation_runs (workspace_id, finished_at)
    where status = 'completed'`.execute(db)
}
