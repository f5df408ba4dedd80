import type { Db } from '../../database/index.ts'
import type { OperationCode } from '../../engine/catalog/index.ts'
import { OPERATION_CODES } from '../../engine/catalog/index.ts'
import { type LeavesAs, leaveBootstrap, recordSessionDeed } from '../../engine/waiting/index.ts'
import { asConnectionId } from '../../kernel/index.ts'
import { makeDefaultIn } from '../connections/index.ts'
import { activateTenant, endSession } from './change-session.sql.ts'
import { type By, type Changed, changeSession, Refused } from './change-session.ts'
import { isVerified } from './onboarding.ts'
import { sessionFor } from './sessions.sql.ts'

/**
 * Makes the tenant active and completes the session: the connection that was chosen is its default from then on. The
 * bootstrap is never waited for; what is left of it goes on by itself.
 */
export const activate = (db: Db, sessionId: number, by: By): Promise<Changed> =>
  changeSession(db, sessionId, by, async (tx, touched) => {
    const session = await sessionFor(tx, by.actor, sessionId)
    const { connection, tenant, verification } = session ?? {}
    if (!session || !tenant || !connection?.isEnabled || !isVerified(session))
      throw new Refused('not_there_yet')
    if (!verification || !('runId' in verification)) throw new Refused('not_there_yet')
    if (!(await activateTenant(tx, tenant.id))) throw new Refused('not_there_yet')
    const was = await makeDefaultIn(tx, tenant.id, asConnectionId(connection.id))
    const { runId } = verification
    await recordSessionDeed(tx, touched, {
      ...by,
      action: 'tenant.activate',
      facts: { check: runId, default: was },
    })
    await endSession(tx, sessionId, by.actor, { state: 'completed', verificationRunId: runId })
    return { action: 'onboarding.complete', facts: { connection: connection.id, check: runId } }
  })

/** Ends a session without a result: what is pending is dropped, what runs goes on, and the tenant stays as it is. */
export const cancelSession = (db: Db, sessionId: number, by: By): Promise<Changed> =>
  changeSession(db, sessionId, by, async (tx) => {
    const dropped = await leaveBootstrap(tx, sessionId, by.actor, {
      how: 'drop',
      operations: OPERATION_CODES,
    })
    await endSession(tx, sessionId, by.actor, { state: 'cancelled' })
    return { action: 'onboarding.cancel', facts: { dropped } }
  })

/** Skips or drops one operation that is to come; one that is at work or has finished is not there to be left out. */
export const leaveOut = (
  db: Db,
  sessionId: number,
  by: By,
  how: LeavesAs,
  operation: OperationCode,
): Promise<Changed> =>
  changeSession(
    db,
    sessionId,
    by,
    async (tx) => {
      const [left] = await leaveBootstrap(tx, sessionId, by.actor, { how, operations: [operation] })
      if (!left) throw new Refused('not_found')
      return { action: `onboarding.bootstrap.${how}`, facts: { operation } }
    },
    { endedToo: true },
  )
