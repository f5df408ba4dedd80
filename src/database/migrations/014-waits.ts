import { type Kysely, sql } from 'kysely'

/** A run that waits for Microsoft is in nobody's hands: for what it waits, and for how long it has come no further. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    alter table operation_runs
      add column waits_for text,
      add column waits integer not null default 0,
      add column held_up_since timestamptz,
      add constraint runs_wait_is_known check (waits_for in ('throttle_window', 'answer')),
      add constraint runs_wait_is_queued check (waits_for is null or (status = 'queued' and wake_at is not null)),
      add constraint runs_held_up_while_waits check ((waits = 0) = (held_up_since is null))`.execute(db)
}
