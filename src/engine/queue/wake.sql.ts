import { type RawBuilder, sql } from 'kysely'

/** The queue whose jobs say "run N may be claimed": a wake-up, never the work itself. */
export const WAKE_QUEUE = 'operation.wake'

/**
 * Two steps of a statement that wakes a worker for every row (`id`) of the step `runs`, called `r` in `due`,
 * at once or at that time: the queue's
 * row, as its own `send` would write it, and the notification, which the statement has to count so
 * that it is sent: `(select count(*) from notified)`. Both become visible with the commit.
 */
export const wakeFrom = (runs: string, due: RawBuilder<unknown> = sql`now()`): RawBuilder<unknown> => sql`
  job as (
    insert into pgboss.job (
      name, data, start_after, created_on, expire_seconds, deletion_seconds, keep_until,
      retry_limit, retry_delay, retry_backoff, retry_delay_max, policy, dead_letter, heartbeat_seconds
    )
    select q.name, jsonb_build_object('runId', r.id), ${due}, now(), q.expire_seconds, q.deletion_seconds,
      ${due} + q.retention_seconds * interval '1s', q.retry_limit, q.retry_delay, q.retry_backoff,
      q.retry_delay_max, q.policy, q.dead_letter, q.heartbeat_seconds
    from ${sql.table(runs)} r join pgboss.queue q on q.name = ${WAKE_QUEUE}
    returning id
  ),
  notified as (
    select pg_notify('pgboss_' || left(encode(sha224('pgboss'::bytea), 'hex'), 24), ${WAKE_QUEUE})
    from job limit 1
  )`
