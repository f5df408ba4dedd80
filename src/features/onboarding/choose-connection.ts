import type { Db } from '../../database/index.ts'
import { stepsOf } from '../../engine/waiting/index.ts'
import { setConnection } from './change-session.sql.ts'
import { type By, type Changed, changeSession, Refused } from './change-session.ts'

/**
 * Chooses the connection through which a tenant is onboarded. Another one makes the verification void; while operations
 * of the bootstrap are to come or at work through the one before, it stays.
 */
export const chooseConnection = (db: Db, sessionId: number, by: By, connectionId: number): Promise<Changed> =>
  changeSession(db, sessionId, by, async (tx, session) => {
    if (session.tenantId === null) throw new Refused('not_there_yet')
    const steps = session.connectionId === connectionId ? [] : await stepsOf(tx, sessionId)
    if (steps.some(({ state }) => state === 'pending' || state === 'active')) throw new Refused('not_now')
    await setConnection(tx, sessionId, connectionId)
    return { action: 'onboarding.connect', facts: { connection: connectionId, before: session.connectionId } }
  })
