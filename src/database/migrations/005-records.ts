import { type Kysely, sql } from 'kysely'

/** What is kept about decisions and for people: audit, answers to repeated requests, notifications. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table audit_records (
      id bigint generated always as identity primary key,
      at timestamptz not null default now(),
      workspace_id bigint,
      tenant_id bigint,
      actor_kind text not null,
      actor_id text,
      actor_name text,
      action text not null,
      target_kind text,
      target_id text,
      outcome text not null,
      run_id bigint,
      facts jsonb not null default '{}',
      correlation_id text,
      constraint audit_actor_known check (actor_kind in ('user', 'api_key', 'system'))
    )`.execute(db)
  await sql`create index audit_workspace on audit_records (workspace_id, id desc)`.execute(db)
  await sql`create index audit_run on audit_records (run_id) where run_id is not null`.execute(db)
  await sql`
    create function audit_is_append_only() returns trigger language plpgsql as $$
    begin
      raise exception 'audit records are only ever added' using errcode = 'insufficient_privilege';
    end $$`.execute(db)
  await sql`
    create trigger audit_is_append_only before update or delete on audit_records
      for each row execute function audit_is_append_only()`.execute(db)
  await sql`
    create trigger audit_is_not_emptied before truncate on audit_records
      for each statement execute function audit_is_append_only()`.execute(db)

  /* A start's answer, kept for a day under the key its client chose. */
  await sql`
    create table idempotency_keys (
      user_id text not null references users on delete cascade,
      key text not null,
      request_hash text not null,
      answer jsonb not null,
      created_at timestamptz not null default now(),
      constraint idempotency_keys_bounded check (length(key) between 1 and 255),
      primary key (user_id, key)
    )`.execute(db)
  await sql`create index idempotency_keys_age on idempotency_keys (created_at)`.execute(db)

  /* One terminal notification per run, for the person who started it. */
  await sql`
    create table notifications (
      id bigint generated always as identity primary key,
      user_id text not null references users on delete cascade,
      run_id bigint not null unique references operation_runs on delete cascade,
      created_at timestamptz not null default now(),
      read_at timestamptz
    )`.execute(db)
  await sql`create index notifications_user on notifications (user_id, id desc)`.execute(db)
  await sql`create index notifications_unread on notifications (user_id) where read_at is null`.execute(db)
}
