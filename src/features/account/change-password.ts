import { type Auth, setPassword } from '../../access/index.ts'
import type { Db } from '../../database/index.ts'
import { type AtBrowser, recordOwn } from './at-hand.ts'

/** Whether a password is the current one of whoever sends this cookie. */
export async function isCurrentPassword(auth: Auth, headers: Headers, password: string): Promise<boolean> {
  try {
    await auth.api.verifyPassword({ body: { password }, headers })
    return true
  } catch (fault) {
    if (fault instanceof Error && 'statusCode' in fault && Number(fault.statusCode) < 500) return false
    throw fault
  }
}

/** Gives somebody a new password and ends their sessions elsewhere; the one they are in goes on. */
export const changePassword = (
  db: Db,
  person: AtBrowser,
  password: string,
  correlationId: string,
): Promise<void> =>
  db.transaction().execute(async (tx) => {
    const sessionsEnded = await setPassword(tx, person.userId, password, person.sessionId)
    await recordOwn(tx, person, 'account.password.change', { sessionsEnded }, correlationId)
  })
