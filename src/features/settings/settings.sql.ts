import type { Db } from '../../database/index.ts'
import type { UserId } from '../../kernel/index.ts'
import type { Spoken } from './spoken.ts'

/** Keeps how a person wants to be spoken to; null leaves it to the browser. */
export const saveSpoken = (db: Db, userId: UserId, { language, theme, timeZone }: Spoken) =>
  db.updateTable('users').set({ language, time_zone: timeZone, theme }).where('id', '=', userId).execute()
