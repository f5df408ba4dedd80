import { hashPassword } from 'better-auth/crypto'
import type { Db } from '../database/index.ts'
import type { UserId } from '../kernel/index.ts'
import { voidAllResetLinks } from './reset-link.sql.ts'
import { endHalfwaySignIns, endSessions } from './sessions.sql.ts'

/** How long a password may be, in characters; the sign-in library is told the same. */
export const PASSWORD_LENGTH = { least: 12, most: 200 } as const

/** Whether a password has a length that is taken. */
export const isPasswordLongEnough = (password: string): boolean =>
  password.length >= PASSWORD_LENGTH.least && password.length <= PASSWORD_LENGTH.most

/**
 * Gives a person a new password and ends what the old one opened: their sessions, but for the one in which they
 * chose it, if there is one, sign-ins that wait for a code, and links for yet another password. Answers how many
 * sessions ended. To be called in a transaction.
 */
export async function setPassword(
  tx: Db,
  userId: UserId,
  password: string,
  keptSessionId: string | null,
): Promise<number> {
  await tx
    .updateTable('accounts')
    .set({ password: await hashPassword(password), updated_at: new Date() })
    .where('user_id', '=', userId)
    .where('provider_id', '=', 'credential')
    .execute()
  await endHalfwaySignIns(tx, userId)
  await voidAllResetLinks(tx, userId)
  return endSessions(tx, userId, keptSessionId)
}
