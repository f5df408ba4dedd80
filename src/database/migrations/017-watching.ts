import { type Kysely, sql } from 'kysely'

/**
 * What people watch is announced by the database itself, so that the pages of every process hear of it, whichever
 * process changed it. An announcement only says where to look; what has changed is read from the rows, by the
 * transaction that changed them, so one that is lost or late costs nothing.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  /* Runs from before have none, so that the table need not be written anew: nobody waits to hear of those. */
  await sql`alter table operation_runs add column changed_by xid8`.execute(db)
  await sql`alter table operation_runs alter column changed_by set default pg_current_xact_id()`.execute(db)
  await sql`
    create index runs_changed on operation_runs (workspace_id, changed_by) where changed_by is not null`.execute(
    db,
  )
  await sql`
    create function announce(what text, id text) returns void language sql as $$
      select pg_notify('tenantpilot_live', what || ' ' || id)
    $$`.execute(db)
  await announceRuns(db)
  await announceAccess(db)
  await keepEvents(db)
  await findRuns(db)
}

/** A sign of life alone changes nothing that is shown; every other change of a run is announced. */
async function announceRuns(db: Kysely<unknown>): Promise<void> {
  await sql`
    create function runs_announced() returns trigger language plpgsql as $$
    declare
      otherwise operation_runs := new;
    begin
      if tg_op = 'UPDATE' then
        otherwise.heartbeat_at := old.heartbeat_at;
        otherwise.lease_until := old.lease_until;
        if otherwise is not distinct from old then
          return new;
        end if;
        new.changed_by := pg_current_xact_id();
      end if;
      perform announce('workspace', new.workspace_id::text);
      return new;
    end $$`.execute(db)
  await sql`
    create trigger runs_announced_when_made after insert on operation_runs
      for each row execute function runs_announced()`.execute(db)
  await sql`
    create trigger runs_announced before update on operation_runs
      for each row execute function runs_announced()`.execute(db)
}

/** Whoever is signed out, removed, or given another role or reach must see no more than is theirs, at once. */
async function announceAccess(db: Kysely<unknown>): Promise<void> {
  await sql`
    create function access_announced() returns trigger language plpgsql as $$
    begin
      if tg_table_name = 'tenant_memberships' then
        perform announce('person', m.user_id) from workspace_memberships m
          where m.id = coalesce(new.membership_id, old.membership_id);
      else
        perform announce('person', old.user_id);
      end if;
      return null;
    end $$`.execute(db)
  await sql`
    create trigger sessions_announced after delete or update of workspace_id on sessions
      for each row execute function access_announced()`.execute(db)
  await sql`
    create trigger memberships_announced after delete or update on workspace_memberships
      for each row execute function access_announced()`.execute(db)
  await sql`
    create trigger tenant_memberships_announced after insert or delete or update on tenant_memberships
      for each row execute function access_announced()`.execute(db)
}

/**
 * What happened to a run between its admission and its end, in order. What repeats itself is counted on one row: as
 * long as nothing else came between (a claim is between everything, so it does not count), and always from the
 * twentieth stretch on, so that no run has more than some hundred rows however long it goes on.
 */
async function keepEvents(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table operation_run_events (
      id bigint generated always as identity primary key,
      run_id bigint not null references operation_runs on delete cascade,
      tenant_id bigint not null,
      kind text not null,
      stretch integer not null default 0,
      times integer not null default 1,
      first_at timestamptz not null default now(),
      last_at timestamptz not null default now(),
      until timestamptz,
      constraint run_events_kind_known check (kind in (
        'claimed', 'waits_as_asked', 'waits_unasked', 'waits_for_answer', 'made_room', 'handed_back', 'rescued')),
      constraint run_events_wait_has_end check ((kind like 'waits%') = (until is not null)),
      constraint run_events_stretch unique (run_id, kind, stretch)
    )`.execute(db)
  await sql`
    create function run_events_only_counted() returns trigger language plpgsql as $$
    begin
      if (new.run_id, new.tenant_id, new.kind, new.stretch, new.first_at)
          is distinct from (old.run_id, old.tenant_id, old.kind, old.stretch, old.first_at)
        or new.times <= old.times then
        raise exception 'what happened to a run stays as it was, and is counted on' using errcode = 'check_violation';
      end if;
      return new;
    end $$`.execute(db)
  await sql`
    create trigger run_events_only_counted before update on operation_run_events
      for each row execute function run_events_only_counted()`.execute(db)
}

/** The list of operations under its filters, each answered in the order of the list from an index of its own. */
async function findRuns(db: Kysely<unknown>): Promise<void> {
  await sql`
    create index runs_active_of_workspace on operation_runs (workspace_id, id)
      where status in ('queued', 'running')`.execute(db)
  /* The newest of each kind in a tenant, which tells whether somebody is needed there. */
  await sql`create index runs_of_kind on operation_runs (tenant_id, operation, id)`.execute(db)
  await sql`create index runs_by_outcome on operation_runs (workspace_id, outcome, id)
    where outcome <> 'succeeded'`.execute(db)
  await sql`create index runs_by_reason on operation_runs (workspace_id, (reason ->> 'code'), id)
    where reason is not null`.execute(db)
  await sql`create index runs_by_initiator on operation_runs (workspace_id, initiator_id, id)`.execute(db)
  await sql`create index runs_by_time on operation_runs (workspace_id, created_at)`.execute(db)
}
