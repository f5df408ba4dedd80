import { sql } from 'kysely'
import type { Db } from '../../database/index.ts'
import type { UserId } from '../../kernel/index.ts'

/** Whether a person has a second factor. */
export async function hasTwoFactor(db: Db, userId: UserId): Promise<boolean> {
  const { rows } = await sql<{ isOn: boolean }>`
    select coalesce(two_factor_enabled, false) as "isOn" from users where id = ${userId}`.execute(db)
  return rows[0]?.isOn ?? false
}
