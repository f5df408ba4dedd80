import type { PersonalActor } from '../../access/index.ts'
import type { Db } from '../../database/index.ts'
import { recordSessionDeed, type TouchedSession, touchSession } from '../../engine/waiting/index.ts'

/** Who changes a session, and which version they saw; null where they did not say, and any will do. */
export interface By {
  readonly actor: PersonalActor
  readonly correlationId: string
  readonly expectedVersion: number | null
}

/** Why a session takes a change no more, or not yet. */
export type Obstacle = 'stale' | 'ended' | 'not_there_yet' | 'not_now' | 'not_found'

export type Changed = { readonly ok: true } | { readonly ok: false; readonly why: Obstacle }

/** Leaves the transaction, and nothing of it behind. */
export class Refused extends Error {
  readonly why: Obstacle
  constructor(why: Obstacle) {
    super(why)
    this.why = why
  }
}

interface Deed {
  /** "onboarding.connect" */
  readonly action: string
  /** Never a secret. */
  readonly facts: object
}

/**
 * Changes a session, in one transaction with its new version and its audit record. `change` does it and says what to
 * record; it may throw `Refused`, and then nothing was changed. An ended session takes a change only where it says so.
 */
export const changeSession = (
  db: Db,
  sessionId: number,
  by: By,
  change: (tx: Db, session: TouchedSession) => Promise<Deed>,
  { endedToo = false }: { endedToo?: boolean } = {},
): Promise<Changed> =>
  db
    .transaction()
    .execute(async (tx): Promise<Changed> => {
      const session = await touchSession(tx, sessionId, by.actor, by.expectedVersion)
      if (!session) throw new Refused('stale')
      const isEnded = endedToo ? session.state === 'cancelled' : session.state !== 'open'
      if (isEnded) throw new Refused('ended')
      const deed = await change(tx, session)
      await recordSessionDeed(tx, session, { ...by, ...deed })
      return { ok: true }
    })
    .catch((fault): Changed => {
      if (fault instanceof Refused) return { ok: false, why: fault.why }
      throw fault
    })
