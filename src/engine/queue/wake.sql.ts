import { type RawBuilder, sql } from 'kysely'
import { sendFrom } from './send.sql.ts'

/** The queue whose jobs say "run N may be claimed": a wake-up, never the work itself. */
export const WAKE_QUEUE = 'operation.wake'

/**
 * Two steps of a statement that wakes a worker for every row (`id`) of the step `runs`, called `r` in `due`, at once
 * or at that time; to be counted as `sendFrom` says.
 */
export const wakeFrom = (runs: string, due: RawBuilder<unknown> = sql`now()`): RawBuilder<unknown> =>
  sendFrom({ queue: WAKE_QUEUE, from: runs, data: sql`jsonb_build_object('runId', r.id)`, due })
