import { type Kysely, sql } from 'kysely'

/**
 * Starts that wait until their protected scope is free, in the order in which they were asked for. One belongs to a
 * person. Once it no longer waits it names the run that it became, joined, or was recorded as; why is read there.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table waiting_starts (
      id bigint generated always as identity primary key,
      workspace_id bigint not null,
      tenant_id bigint not null,
      person_id text references users on delete set null,
      person_name text not null,
      key_id text,
      operation text not null,
      selection jsonb not null,
      provider_connection_id bigint,
      identity text not null,
      scope_key text not null,
      state text not null default 'waiting',
      run_id bigint references operation_runs on delete cascade,
      cancelled_by text,
      asked_at timestamptz not null default now(),
      ended_at timestamptz,
      /* The transaction that changed it last, for those who watch. */
      changed_by xid8 not null default pg_current_xact_id(),

      constraint waiting_starts_state_known
        check (state in ('waiting', 'started', 'joined', 'refused', 'cancelled')),
      constraint waiting_starts_ended_has_time check ((state = 'waiting') = (ended_at is null)),
      constraint waiting_starts_outcome_names_run
        check ((state in ('started', 'joined', 'refused')) = (run_id is not null)),
      constraint waiting_starts_cancelled_by_somebody check ((state = 'cancelled') = (cancelled_by is not null)),
      constraint waiting_starts_selection_is_an_object check (jsonb_typeof(selection) = 'object'),
      constraint waiting_starts_of_tenant foreign key (tenant_id, workspace_id)
        references tenants (id, workspace_id) on delete cascade,
      constraint waiting_starts_connection_of_tenant foreign key (provider_connection_id, tenant_id)
        references provider_connections (id, tenant_id)
    )`.execute(db)
  /* The same work waits once, whoever asks for it. */
  await sql`
    create unique index waiting_starts_one_per_identity on waiting_starts (identity) where state = 'waiting'`.execute(
    db,
  )
  await sql`create index waiting_starts_line on waiting_starts (scope_key, id) where state = 'waiting'`.execute(
    db,
  )
  await sql`create index waiting_starts_workspace on waiting_starts (workspace_id, id desc)`.execute(db)
  await sql`create index waiting_starts_run on waiting_starts (run_id)`.execute(db)

  await sql`create index waiting_starts_changed on waiting_starts (workspace_id, changed_by)`.execute(db)
  await sql`
    create function waiting_starts_announced() returns trigger language plpgsql as $$
    begin
      new.changed_by := pg_current_xact_id();
      perform announce('workspace', new.workspace_id::text);
      return new;
    end $$`.execute(db)
  await sql`
    create trigger waiting_starts_announced before insert or update on waiting_starts
      for each row execute function waiting_starts_announced()`.execute(db)

  await rules(db)
  /*
   * Volatile on purpose: it looks with a snapshot of its own. Whoever ends a run may have waited for somebody who got
   * into the line meanwhile, and the snapshot of the ending statement does not know of them.
   */
  await sql`
    create function somebody_waits(scope text) returns boolean language plpgsql volatile as $$
    begin
      return exists (select from waiting_starts where scope_key = scope and state = 'waiting');
    end $$`.execute(db)
}

async function rules(db: Kysely<unknown>): Promise<void> {
  /* Who asks holds the run that is in the way, so those who ask for one scope are counted one after the other. */
  await sql`
    create function waiting_starts_bounded() returns trigger language plpgsql as $$
    begin
      if (select count(*) from waiting_starts where scope_key = new.scope_key and state = 'waiting') >= 20 then
        raise exception 'the line of scope % is full', new.scope_key
          using errcode = 'check_violation', constraint = 'waiting_starts_bounded';
      end if;
      return new;
    end $$`.execute(db)
  await sql`
    create trigger waiting_starts_bounded before insert on waiting_starts
      for each row execute function waiting_starts_bounded()`.execute(db)

  await sql`
    create function waiting_starts_end_once() returns trigger language plpgsql as $$
    begin
      if (new.state, new.run_id, new.ended_at, new.cancelled_by)
        is distinct from (old.state, old.run_id, old.ended_at, old.cancelled_by) then
        raise exception 'waiting start % has ended and stays as it ended', old.id
          using errcode = 'check_violation', constraint = 'waiting_starts_end_once';
      end if;
      return new;
    end $$`.execute(db)
  await sql`
    create trigger waiting_starts_end_once before update on waiting_starts
      for each row when (old.state <> 'waiting') execute function waiting_starts_end_once()`.execute(db)

  /* A tenant gets another scope when it is proven or archived; who waits there waits for that one from then on. */
  await sql`
    create function waiting_starts_follow_tenant() returns trigger language plpgsql as $$
    begin
      update waiting_starts set scope_key = new.scope_key where tenant_id = new.id and state = 'waiting';
      return null;
    end $$`.execute(db)
  await sql`
    create trigger waiting_starts_follow_tenant after update on tenants
      for each row when (old.scope_key is distinct from new.scope_key)
      execute function waiting_starts_follow_tenant()`.execute(db)
}
