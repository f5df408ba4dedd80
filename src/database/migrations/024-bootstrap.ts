import { type Kysely, sql } from 'kysely'

/**
 * Bootstrap: several operations of one onboarding session, each a waiting start with its position in the order of the
 * catalog. What a step came to is read from its run. One whose run did not end well is back at the head, and holds
 * the others until somebody resumes, skips or drops it; so nobody has to write a pause, and none can be lost.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    alter table waiting_starts
      add column onboarding_session_id bigint,
      add column position smallint,
      add column skipped_by text,
      drop constraint waiting_starts_state_known,
      drop constraint waiting_starts_outcome_names_run,
      add constraint waiting_starts_state_known
        check (state in ('waiting', 'started', 'joined', 'refused', 'cancelled', 'skipped')),
      add constraint waiting_starts_outcome_names_run
        check (case when state = 'skipped' then reason is null
          when state in ('started', 'joined') then run_id is not null and reason is null
          when state = 'refused' then num_nonnulls(run_id, reason) = 1
          else num_nonnulls(run_id, reason) = 0 end),
      add constraint waiting_starts_skipped_by_somebody check ((state = 'skipped') = (skipped_by is not null)),
      add constraint waiting_starts_skipped_in_bootstrap
        check (state <> 'skipped' or onboarding_session_id is not null),
      add constraint waiting_starts_position_in_bootstrap
        check ((onboarding_session_id is null) = (position is null)),
      add constraint waiting_starts_bootstrap_through_connection
        check (onboarding_session_id is null or provider_connection_id is not null),
      add constraint waiting_starts_of_session foreign key (onboarding_session_id, tenant_id)
        references onboarding_sessions (id, tenant_id) on delete cascade`.execute(db)
  /* An operation is a step of a bootstrap once; one that was dropped may be selected again. */
  await sql`
    create unique index waiting_starts_step_once on waiting_starts (onboarding_session_id, operation)
      where onboarding_session_id is not null and state <> 'cancelled'`.execute(db)
  await sql`
    create index waiting_starts_session on waiting_starts (onboarding_session_id, position)
      where onboarding_session_id is not null`.execute(db)
  await sql`drop index waiting_starts_one_per_identity`.execute(db)
  await sql`
    create unique index waiting_starts_one_per_identity on waiting_starts (
      tenant_id, operation, (md5(selection::text)),
      (case when operation = 'provider.connection.check' then provider_connection_id else 0 end)
    ) where state = 'waiting' and onboarding_session_id is null`.execute(db)
  await whoMayGo(db)
  await backToTheHead(db)
}

async function whoMayGo(db: Kysely<unknown>): Promise<void> {
  /* A run that ended well: what comes after it may start. */
  await sql`
    create function ended_well(run bigint) returns boolean language sql stable as $$
      select exists (select from operation_runs
        where id = run and status = 'completed' and outcome in ('succeeded', 'partially_succeeded'))
    $$`.execute(db)
  /*
   * Whether a waiting start may be tried as far as its own bootstrap goes: no step before it waits, and none is at
   * work or did not end well. One outside a bootstrap always may.
   */
  await sql`
    create function waiting_start_may_go(session bigint, place smallint) returns boolean language sql stable as $$
      select session is null or not exists (
        select from waiting_starts e
        where e.onboarding_session_id = session and (
          (e.state = 'waiting' and e.position < place)
          or (e.state in ('started', 'joined', 'refused') and not ended_well(e.run_id))))
    $$`.execute(db)
}

/** A step may go back into the line, be skipped or be dropped as long as its run did not end well. */
async function backToTheHead(db: Kysely<unknown>): Promise<void> {
  await sql`
    create or replace function waiting_starts_end_once() returns trigger language plpgsql as $$
    begin
      if old.onboarding_session_id is not null and (
        (old.state = 'skipped' and new.state in ('waiting', 'skipped'))
        or (old.state in ('started', 'joined', 'refused') and new.state in ('waiting', 'skipped', 'cancelled')
          and (old.run_id is null or exists (
            select from operation_runs where id = old.run_id and status = 'completed'))
          and not ended_well(old.run_id))
      ) then
        return new;
      end if;
      if (new.state, new.run_id, new.ended_at, new.cancelled_by, new.skipped_by)
        is distinct from (old.state, old.run_id, old.ended_at, old.cancelled_by, old.skipped_by) then
        raise exception 'waiting start % has ended and stays as it ended', old.id
          using errcode = 'check_violation', constraint = 'waiting_starts_end_once';
      end if;
      return new;
    end $$`.execute(db)
}
