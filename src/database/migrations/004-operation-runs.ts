import { type Kysely, sql } from 'kysely'

/**
 * Operation runs. The row is everything at once: the reservation of the protected scope, the state of
 * the work, and the record of what happened. Each constraint repeats one promise of the gate.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table operation_runs (
      id bigint generated always as identity primary key,
      workspace_id bigint not null,
      tenant_id bigint not null,
      initiator_id text references users on delete set null,
      initiator_name text,
      operation text not null,
      status text not null,
      outcome text,
      reason jsonb,
      provider text not null default 'microsoft',
      directory_id uuid not null,
      scope_key text not null,
      identity text not null,
      selection jsonb not null default '{}',
      provider_connection_id bigint,
      admitted_at timestamptz,
      counts jsonb not null default '{}',
      failures jsonb not null default '[]',
      progress_done bigint,
      progress_total bigint,
      checkpoint jsonb,
      attempt integer not null default 0,
      fencing_token bigint not null default 0,
      lease_until timestamptz,
      heartbeat_at timestamptz,
      wake_at timestamptz,
      cancel_requested_at timestamptz,
      cancelled_by text,
      collapse_key text,
      tries integer not null default 1,
      last_tried_at timestamptz,
      correlation_id uuid not null default gen_random_uuid(),
      created_at timestamptz not null default now(),
      started_at timestamptz,
      finished_at timestamptz,

      constraint runs_status_known check (status in ('queued', 'running', 'completed')),
      constraint runs_outcome_known
        check (outcome in ('succeeded', 'partially_succeeded', 'blocked', 'failed', 'cancelled')),
      constraint runs_completed_has_outcome check ((status = 'completed') = (outcome is not null)),
      constraint runs_completed_has_time check ((status = 'completed') = (finished_at is not null)),
      constraint runs_running_is_leased
        check ((status = 'running') = (lease_until is not null)),
      constraint runs_running_was_started
        check (status <> 'running' or (started_at is not null and heartbeat_at is not null and attempt > 0)),
      constraint runs_ending_has_reason
        check (outcome not in ('blocked', 'failed', 'cancelled') or reason is not null),
      constraint runs_counts_are_an_object check (jsonb_typeof(counts) = 'object'),
      constraint runs_failures_are_a_list check (jsonb_typeof(failures) = 'array'),

      /* I5: an admitted run carries its connection; only a run born blocked may have none. */
      constraint runs_admitted_has_connection check (admitted_at is null or provider_connection_id is not null),
      constraint runs_unadmitted_is_born_blocked
        check (admitted_at is not null or (status = 'completed' and outcome = 'blocked' and started_at is null)),
      constraint runs_collapse_only_when_born_blocked check (collapse_key is null or admitted_at is null),

      /* I8: a run with a failed item is never succeeded. */
      constraint runs_succeeded_without_failures
        check (outcome <> 'succeeded' or (failures = '[]'::jsonb and coalesce((counts ->> 'failed')::bigint, 0) = 0)),

      constraint runs_progress_within_total
        check (progress_total is null or coalesce(progress_done, 0) between 0 and progress_total),
      constraint runs_of_tenant foreign key (tenant_id, workspace_id)
        references tenants (id, workspace_id) on delete cascade,
      constraint runs_connection_of_tenant foreign key (provider_connection_id, tenant_id)
        references provider_connections (id, tenant_id)
    )`.execute(db)

  /* I1: at most one queued or running run per protected scope. */
  await sql`
    create unique index runs_one_active_per_scope on operation_runs (scope_key)
      where status in ('queued', 'running')`.execute(db)
  /* Identical blocked starts within their window are one record. */
  await sql`create unique index runs_collapse on operation_runs (collapse_key) where collapse_key is not null`.execute(
    db,
  )
  await sql`create index runs_workspace on operation_runs (workspace_id, id desc)`.execute(db)
  await sql`create index runs_tenant on operation_runs (tenant_id, id desc)`.execute(db)
  await sql`create index runs_connection on operation_runs (provider_connection_id)`.execute(db)
  await sql`create index runs_active on operation_runs (status, id) where status in ('queued', 'running')`.execute(
    db,
  )
  await sql`
    create index runs_last_success on operation_runs (tenant_id, operation, finished_at desc)
      where outcome in ('succeeded', 'partially_succeeded')`.execute(db)

  /* What a run may never change again once it ended: a late worker finds nothing to write to. */
  await sql`
    create function runs_completed_stays() returns trigger language plpgsql as $$
    begin
      if old.status = 'completed' and
        (new.status, new.outcome, new.reason, new.counts, new.failures, new.finished_at)
          is distinct from (old.status, old.outcome, old.reason, old.counts, old.failures, old.finished_at) then
        raise exception 'operation run % has ended and stays as it ended', old.id using errcode = 'check_violation';
      end if;
      return new;
    end $$`.execute(db)
  await sql`
    create trigger runs_completed_stays before update on operation_runs
      for each row execute function runs_completed_stays()`.execute(db)
}
