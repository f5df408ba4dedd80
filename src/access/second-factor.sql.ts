import { sql } from 'kysely'
import type { Db } from '../database/index.ts'
import type { UserId } from '../kernel/index.ts'

/** Turns somebody's second factor off; false when it was not on. */
export async function dropSecondFactor(tx: Db, userId: UserId): Promise<boolean> {
  await sql`delete from two_factors where user_id = ${userId}`.execute(tx)
  const { rows } = await sql`
    update users set two_factor_enabled = false where id = ${userId} and two_factor_enabled returning id`.execute(
    tx,
  )
  return rows.length > 0
}
