import { dropSecondFactor, setPassword, useResetLink } from '../../access/index.ts'
import type { Db } from '../../database/index.ts'
import { recordOwn } from './at-hand.ts'

/**
 * Uses a link up for a new password and ends every session of the person; a second factor stays, unless whoever
 * made the link meant it to go. False when the link was not good any more.
 */
export const resetPassword = (
  db: Db,
  token: string,
  password: string,
  correlationId: string,
): Promise<boolean> =>
  db.transaction().execute(async (tx) => {
    const used = await useResetLink(tx, token)
    if (!used) return false
    const sessionsEnded = await setPassword(tx, used.userId, password, null)
    const secondFactorDropped = used.dropsSecondFactor && (await dropSecondFactor(tx, used.userId))
    const facts = { sessionsEnded, secondFactorDropped, ...(used.makerId && { madeBy: used.makerId }) }
    await recordOwn(tx, used, 'account.password.reset', facts, correlationId)
    return true
  })
