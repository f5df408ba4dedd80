import { type RawBuilder, sql } from 'kysely'

/** What happens to a run between its admission and its end. */
export type RunEventKind =
  | 'claimed'
  /** Put aside for as long as Microsoft asked. */
  | 'waits_as_asked'
  /** Put aside because Microsoft refused for too many requests, without saying for how long. */
  | 'waits_unasked'
  /** Put aside because Microsoft could not be reached. */
  | 'waits_for_answer'
  /** Put back after a page, because others waited for a worker. */
  | 'made_room'
  /** Put back by a process that ended. */
  | 'handed_back'
  /** Queued again after its worker went silent. */
  | 'rescued'

/** From so many stretches on everything of a kind is counted on its last row. */
const MOST_STRETCHES = 20

/**
 * A step of a statement that keeps what happened to the run of the step `run` (`id`, `tenant_id`). What repeats itself
 * is counted on one row as long as nothing of another kind came between; claims come between everything, so they
 * end no stretch, and are counted as long as nothing else began.
 */
export const eventOf = (
  run: string,
  kind: RunEventKind,
  until: RawBuilder<unknown> = sql`null::timestamptz`,
): RawBuilder<unknown> => sql`
  told as (
    insert into operation_run_events (run_id, tenant_id, kind, stretch, until)
    select r.id, r.tenant_id, ${kind}, least(${MOST_STRETCHES}::bigint, (
        select count(*) from operation_run_events e
        where e.run_id = r.id and e.kind not in ('claimed', ${kind})
      )), ${until}
    from ${sql.table(run)} r
    on conflict on constraint run_events_stretch do update set
      times = operation_run_events.times + 1, last_at = excluded.last_at, until = excluded.until
  )`
