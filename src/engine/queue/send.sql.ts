import { type RawBuilder, sql } from 'kysely'

/** What a statement sends beside what it writes. */
export interface Sending {
  readonly queue: string
  /** The rows to send for, called `r` in `data`, `due` and `when`: a step of the statement. */
  readonly from: string
  /** What each job says, as JSON. */
  readonly data: RawBuilder<unknown>
  /** When it is due; at once without it. */
  readonly due?: RawBuilder<unknown>
  /** For which of the rows; all of them without it. */
  readonly when?: RawBuilder<unknown>
}

/**
 * Two steps of a statement that sends a job for rows of another step: the queue's row, as its own `send` would write
 * it, and the notification, which the statement has to count so that it is sent:
 * `(select count(*) from notified)`. Both become visible with the commit.
 */
export const sendFrom = ({
  data,
  due = sql`now()`,
  from,
  queue,
  when = sql`true`,
}: Sending): RawBuilder<unknown> => sql`
  job as (
    insert into pgboss.job (
      name, data, start_after, created_on, expire_seconds, deletion_seconds, keep_until,
      retry_limit, retry_delay, retry_backoff, retry_delay_max, policy, dead_letter, heartbeat_seconds
    )
    select q.name, ${data}, ${due}, now(), q.expire_seconds, q.deletion_seconds,
      ${due} + q.retention_seconds * interval '1s', q.retry_limit, q.retry_delay, q.retry_backoff,
      q.retry_delay_max, q.policy, q.dead_letter, q.heartbeat_seconds
    from ${sql.table(from)} r join pgboss.queue q on q.name = ${queue}
    where ${when}
    returning id
  ),
  notified as (
    select pg_notify('pgboss_' || left(encode(sha224('pgboss'::bytea), 'hex'), 24), ${queue})
    from job limit 1
  )`
