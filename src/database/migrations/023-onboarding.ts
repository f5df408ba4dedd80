import { type Kysely, sql } from 'kysely'

/**
 * Onboarding sessions: how far somebody has come with bringing a tenant under management. Only what was confirmed is
 * kept, and never a secret; which step comes next is derived. A version rises with every change, so that a page that
 * shows an older one is told instead of overwriting.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table onboarding_sessions (
      id bigint generated always as identity primary key,
      workspace_id bigint not null references workspaces on delete cascade,
      tenant_id bigint,
      connection_id bigint,
      /* When this connection was chosen: a check from before then says nothing here. */
      connected_at timestamptz,
      state text not null default 'open',
      version bigint not null default 1,
      begun_by text references users on delete set null,
      begun_by_name text not null,
      begun_at timestamptz not null default now(),
      changed_by_name text not null,
      changed_at timestamptz not null default now(),
      /* The transaction that changed it last: whatever one does together is one version. */
      changed_by xid8 not null default pg_current_xact_id(),
      ended_by_name text,
      ended_at timestamptz,
      /* The check that let it be completed. */
      verification_run_id bigint references operation_runs on delete set null,

      constraint onboarding_sessions_state_known check (state in ('open', 'completed', 'cancelled')),
      constraint onboarding_sessions_ended_has_time check ((state = 'open') = (ended_at is null)),
      constraint onboarding_sessions_ended_by_somebody check ((state = 'open') = (ended_by_name is null)),
      constraint onboarding_sessions_verified_is_completed
        check (verification_run_id is null or state = 'completed'),
      constraint onboarding_sessions_completed_is_connected
        check (state <> 'completed' or connection_id is not null),
      constraint onboarding_sessions_connection_has_tenant
        check (connection_id is null or tenant_id is not null),
      constraint onboarding_sessions_connected_has_time check ((connection_id is null) = (connected_at is null)),
      constraint onboarding_sessions_of_tenant foreign key (tenant_id, workspace_id)
        references tenants (id, workspace_id) on delete cascade,
      constraint onboarding_sessions_connection_of_tenant foreign key (connection_id, tenant_id)
        references provider_connections (id, tenant_id),
      constraint onboarding_sessions_with_tenant unique (id, tenant_id)
    )`.execute(db)
  await sql`
    create unique index onboarding_sessions_one_open on onboarding_sessions (tenant_id) where state = 'open'`.execute(
    db,
  )
  /* Whoever begins again before saying which directory goes on where they were. */
  await sql`
    create unique index onboarding_sessions_one_blank on onboarding_sessions (workspace_id, begun_by)
      where state = 'open' and tenant_id is null`.execute(db)
  await sql`create index onboarding_sessions_workspace on onboarding_sessions (workspace_id, id desc)`.execute(
    db,
  )
  await sql`create index onboarding_sessions_verification on onboarding_sessions (verification_run_id)`.execute(
    db,
  )
  /* What a page that shows an older version is told. */
  await sql`
    create index audit_onboarding on audit_records (target_id, id) where target_kind = 'onboarding_session'`.execute(
    db,
  )
  await moves(db)
}

/** How a session goes on, and that an ended one stays as it ended. */
async function moves(db: Kysely<unknown>): Promise<void> {
  await sql`
    create function onboarding_sessions_move_on() returns trigger language plpgsql as $$
    begin
      if old.state <> 'open' and (new.state, new.tenant_id, new.connection_id, new.connected_at, new.ended_at,
          new.ended_by_name, coalesce(new.verification_run_id, old.verification_run_id))
        is distinct from (old.state, old.tenant_id, old.connection_id, old.connected_at, old.ended_at,
          old.ended_by_name, old.verification_run_id) then
        raise exception 'onboarding session % has ended and stays as it ended', old.id
          using errcode = 'check_violation', constraint = 'onboarding_sessions_end_once';
      end if;
      if old.tenant_id is not null and new.tenant_id is distinct from old.tenant_id then
        raise exception 'onboarding session % keeps its tenant', old.id
          using errcode = 'check_violation', constraint = 'onboarding_sessions_keep_tenant';
      end if;
      if new.connection_id is distinct from old.connection_id then
        new.connected_at := case when new.connection_id is not null then clock_timestamp() end;
      end if;
      new.version := case when old.changed_by = pg_current_xact_id() then old.version else old.version + 1 end;
      new.changed_by := pg_current_xact_id();
      new.changed_at := now();
      return new;
    end $$`.execute(db)
  await sql`
    create trigger onboarding_sessions_move_on before update on onboarding_sessions
      for each row execute function onboarding_sessions_move_on()`.execute(db)

  /* Completed means: the tenant is active, and a check since its connection was chosen was let in. */
  await sql`
    create function onboarding_sessions_complete() returns trigger language plpgsql as $$
    begin
      if not exists (select from tenants where id = new.tenant_id and state = 'active' and conflicted_at is null) then
        raise exception 'onboarding session % is completed when its tenant is active and nobody else''s', new.id
          using errcode = 'check_violation', constraint = 'onboarding_sessions_completed_is_active';
      end if;
      if not exists (
        select from operation_runs r join provider_connections c on c.id = r.provider_connection_id
        where r.id = new.verification_run_id and c.id = new.connection_id
          and r.operation = 'provider.connection.check' and r.outcome = 'succeeded'
          and r.created_at >= new.connected_at and c.verification_status in ('healthy', 'degraded')
      ) then
        raise exception 'onboarding session % is completed when its connection is verified', new.id
          using errcode = 'check_violation', constraint = 'onboarding_sessions_completed_is_verified';
      end if;
      return null;
    end $$`.execute(db)
  await sql`
    create trigger onboarding_sessions_complete after update on onboarding_sessions
      for each row when (old.state = 'open' and new.state = 'completed')
      execute function onboarding_sessions_complete()`.execute(db)
}
