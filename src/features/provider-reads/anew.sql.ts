import { type SqlBool, sql } from 'kysely'
import type { Db } from '../../database/index.ts'

/** Which run reads, and since when, where it began anew; what it had seen before that may be gone by now. */
export interface ReadingBy {
  readonly runId: number
  /** A moment of the database's clock, as it tells it; null for a reading that goes on from its first page. */
  readonly anewSince: string | null
}

/** The moment at which a reading begins anew, on the clock by which rows are seen. */
export async function anewFrom(db: Db): Promise<string> {
  const { rows } = await sql<{ at: string }>`select clock_timestamp()::text as at`.execute(db)
  if (!rows[0]) throw new Error('The database does not tell the time.')
  return rows[0].at
}

/** Rows that a reading, since it last began, did not tell of. */
export const notSeenBy = ({ anewSince, runId }: ReadingBy) =>
  sql<SqlBool>`(last_seen_run_id is distinct from ${runId} or last_seen_at < ${anewSince}::timestamptz)`

/** Rows that a reading, since it last began, has told of. */
export const seenBy = ({ anewSince, runId }: ReadingBy) =>
  sql<SqlBool>`last_seen_run_id = ${runId} and last_seen_at >= coalesce(${anewSince}::timestamptz, '-infinity')`
