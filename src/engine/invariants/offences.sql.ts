import { type RawBuilder, sql } from 'kysely'
import type { Db } from '../../database/index.ts'

/** Rows that break a promise: which one they are, and what is wrong with them. */
export interface Offence {
  readonly row: string
  readonly says: string
}

/** At most this many rows are named for each statement; the first ones are where to start. */
const MOST_NAMED = 20

/** The rows that a statement finds, as `row` and `says`. */
export const offences = async (db: Db, statement: RawBuilder<Offence>): Promise<Offence[]> =>
  (await sql<Offence>`select row, says from (${statement}) broken limit ${MOST_NAMED}`.execute(db)).rows
