import { randomBytes } from 'node:crypto'
import { sql } from 'kysely'
import type { Db } from '../database/index.ts'
import { hashOfToken } from './one-time-link.ts'

const HOURS = 24

/**
 * A one-time token with which the first owner sets up an installation that has no users yet, good for
 * 24 hours; null once there are users. Earlier tokens stop working.
 */
export async function issueSetupToken(db: Db): Promise<string | null> {
  const anyone = await db.selectFrom('users').select('id').limit(1).executeTakeFirst()
  if (anyone) return null
  const token = randomBytes(24).toString('base64url')
  await db.deleteFrom('setup_links').execute()
  await db
    .insertInto('setup_links')
    .values({ token_hash: hashOfToken(token), expires_at: new Date(Date.now() + HOURS * 3_600_000) })
    .execute()
  return token
}

/** Whether a set-up token is still good, which none is once there are users. */
export const isSetupTokenGood = async (db: Db, token: string): Promise<boolean> =>
  (await db
    .selectFrom('setup_links')
    .select('token_hash')
    .where('token_hash', '=', hashOfToken(token))
    .where('used_at', 'is', null)
    .where('expires_at', '>', sql<Date>`now()`)
    .where(nobodyYet)
    .executeTakeFirst()) !== undefined

/** Uses a set-up token up; false when it was not good any more, or somebody was faster. */
export async function useSetupToken(db: Db, token: string): Promise<boolean> {
  const used = await db
    .updateTable('setup_links')
    .set({ used_at: sql<Date>`now()` })
    .where('token_hash', '=', hashOfToken(token))
    .where('used_at', 'is', null)
    .where('expires_at', '>', sql<Date>`now()`)
    .where(nobodyYet)
    .returning('token_hash')
    .executeTakeFirst()
  return used !== undefined
}

const nobodyYet = sql<boolean>`not exists (select from users)`
