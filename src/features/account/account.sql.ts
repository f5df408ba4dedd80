import { sql } from 'kysely'
import type { Db } from '../../database/index.ts'
import type { UserId } from '../../kernel/index.ts'
import type { Letters } from './letters.ts'

/** Whether a person has a second factor. */
export async function hasTwoFactor(db: Db, userId: UserId): Promise<boolean> {
  const { rows } = await sql<{ isOn: boolean }>`
    select coalesce(two_factor_enabled, false) as "isOn" from users where id = ${userId}`.execute(db)
  return rows[0]?.isOn ?? false
}

/** Of which ended operations a person wants to be told by e-mail. */
export async function lettersOf(db: Db, userId: UserId): Promise<Letters> {
  const query = db.selectFrom('users').select('letters').where('id', '=', userId)
  return (await query.executeTakeFirst())?.letters ?? 'never'
}

/** Keeps of which ended operations a person wants to be told by e-mail. */
export const saveLetters = (db: Db, userId: UserId, letters: Letters) =>
  db.updateTable('users').set({ letters }).where('id', '=', userId).execute()
