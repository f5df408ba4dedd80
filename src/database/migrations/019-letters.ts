import { type Kysely, sql } from 'kysely'

/** Who wants to be told by e-mail of what, and the letters that are to go out for it. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    alter table users
      add column letters text not null default 'never',
      add constraint users_letters_known check (letters in ('never', 'attention', 'always'))`.execute(db)

  /*
   * The outbox: at most one letter for each notification, made in the commit that makes the notification. A claim
   * counts as an attempt, and the attempt is the token of whoever claimed. An attempt is unsure when nobody knows
   * whether the mail server took the letter; after two of those it is tried no more.
   */
  await sql`
    create table notification_letters (
      notification_id bigint primary key references notifications on delete cascade,
      attempts integer not null default 0,
      unsure integer not null default 0,
      due_at timestamptz not null default now(),
      lease_until timestamptz,
      settled_at timestamptz,
      settled_as text,
      constraint letters_unsure_bounded check (unsure between 0 and 2 and unsure <= attempts),
      constraint letters_settled_known check (settled_as in ('sent', 'refused', 'given_up', 'not_wanted')),
      constraint letters_settled_has_time check ((settled_at is null) = (settled_as is null)),
      constraint letters_settled_is_free check (settled_at is null or lease_until is null),
      constraint letters_leased_was_tried check (lease_until is null or attempts > 0)
    )`.execute(db)
  await sql`create index letters_due on notification_letters (due_at) where settled_at is null`.execute(db)

  await sql`
    create function letter_wanted(letters text, outcome text) returns boolean language sql immutable as $$
      select letters = 'always'
        or (letters = 'attention' and outcome in ('failed', 'blocked', 'partially_succeeded'))
    $$`.execute(db)
  await sql`
    create function notifications_by_letter() returns trigger language plpgsql as $$
    begin
      insert into notification_letters (notification_id)
      select new.id from users u, operation_runs r
      where u.id = new.user_id and r.id = new.run_id and letter_wanted(u.letters, r.outcome);
      return null;
    end $$`.execute(db)
  await sql`
    create trigger notifications_by_letter after insert on notifications
      for each row execute function notifications_by_letter()`.execute(db)

  /* The unread ones of a person are turned over in order, like all of them. */
  await sql`drop index notifications_unread`.execute(db)
  await sql`create index notifications_unread on notifications (user_id, id desc) where read_at is null`.execute(
    db,
  )
}
