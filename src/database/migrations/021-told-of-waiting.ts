import { type Kysely, sql } from 'kysely'

/** The same work waits once whatever becomes of its tenant's scope, faults end a waiting, and whoever asked is told. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sameWork(db)
  await faults(db)
  await followers(db)
  await tellOfWaiting(db)
}

/**
 * The work is what the columns say, and the line is its tenant's: a hash that holds the scope goes stale when the
 * tenant gets another one. A check is one of its connection, so it names the one that was meant when it was asked for.
 */
async function sameWork(db: Kysely<unknown>): Promise<void> {
  await sql`
    update waiting_starts w set provider_connection_id = c.id
    from provider_connections c
    where c.tenant_id = w.tenant_id and c.is_default and w.state = 'waiting' and w.provider_connection_id is null
      and w.operation = 'provider.connection.check'`.execute(db)
  await sql`
    update waiting_starts set state = 'cancelled', cancelled_by = 'System', ended_at = now()
    where state = 'waiting' and provider_connection_id is null and operation = 'provider.connection.check'`.execute(
    db,
  )
  await sql`
    alter table waiting_starts
      drop column identity,
      add constraint waiting_starts_check_names_connection
        check (state <> 'waiting' or operation <> 'provider.connection.check' or provider_connection_id is not null)`.execute(
    db,
  )
  /* Where it waits twice already, the one that asked first stays. */
  await sql`
    update waiting_starts w set state = 'cancelled', cancelled_by = 'System', ended_at = now()
    where w.state = 'waiting' and exists (
      select from waiting_starts b
      where b.state = 'waiting' and b.id < w.id
        and (b.tenant_id, b.operation, b.selection) = (w.tenant_id, w.operation, w.selection)
        and (w.operation <> 'provider.connection.check' or b.provider_connection_id = w.provider_connection_id))`.execute(
    db,
  )
  await sql`
    create unique index waiting_starts_one_per_identity on waiting_starts (
      tenant_id, operation, (md5(selection::text)),
      (case when operation = 'provider.connection.check' then provider_connection_id else 0 end)
    ) where state = 'waiting'`.execute(db)
}

/** How often trying it ended in a fault of ours; after too many it is refused for that, without a run. */
async function faults(db: Kysely<unknown>): Promise<void> {
  await sql`
    alter table waiting_starts
      add column faults integer not null default 0,
      add column reason jsonb,
      add column cancelled_by_id text references users on delete set null,
      drop constraint waiting_starts_outcome_names_run,
      add constraint waiting_starts_outcome_names_run
        check (case when state in ('started', 'joined') then run_id is not null and reason is null
          when state = 'refused' then num_nonnulls(run_id, reason) = 1
          else num_nonnulls(run_id, reason) = 0 end)`.execute(db)
}

/** Who asked for what waits already, and wants to know when nothing comes of it. */
async function followers(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table waiting_start_followers (
      waiting_start_id bigint not null references waiting_starts on delete cascade,
      person_id text not null references users on delete cascade,
      asked_at timestamptz not null default now(),
      primary key (waiting_start_id, person_id)
    )`.execute(db)
  await sql`create index waiting_start_followers_person on waiting_start_followers (person_id)`.execute(db)
}

/** A notification is about a run, or about a start that waited and came to none; one of each for a person. */
async function tellOfWaiting(db: Kysely<unknown>): Promise<void> {
  await sql`
    alter table notifications
      alter column run_id drop not null,
      add column waiting_start_id bigint references waiting_starts on delete cascade,
      add constraint notifications_about_one_thing check (num_nonnulls(run_id, waiting_start_id) = 1),
      add constraint notifications_waiting_once unique (waiting_start_id, user_id)`.execute(db)
  /*
   * Whoever ends a waiting, these are told in the same commit. Its own person has the notification of the run, if it
   * was recorded as one; and nobody is told of what they did themselves.
   */
  await sql`
    create function waiting_starts_tell() returns trigger language plpgsql as $$
    begin
      insert into notifications (user_id, waiting_start_id)
      select who.id, new.id from (
        select person_id as id from waiting_start_followers where waiting_start_id = new.id
        union
        select new.person_id where new.run_id is null
      ) who
      where who.id is not null and who.id is distinct from new.cancelled_by_id
      on conflict do nothing;
      return null;
    end $$`.execute(db)
  await sql`
    create trigger waiting_starts_tell after update on waiting_starts
      for each row when (old.state = 'waiting' and new.state in ('cancelled', 'refused'))
      execute function waiting_starts_tell()`.execute(db)
}
