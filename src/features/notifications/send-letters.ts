import type { Db } from '../../database/index.ts'
import type { Mailer } from '../../mail/index.ts'
import { decideLetter, MOST_UNSURE } from './decide-letter.ts'
import { letterAbout } from './letter.ts'
import { type ClaimedLetter, claimLetter, letterOf, settleLetter } from './outbox.sql.ts'

/** What sending needs; `atHandedOver` lets tests stop where a letter was sent and nobody knows it yet. */
export interface Sending {
  readonly db: Db
  readonly mail: Pick<Mailer, 'deliver'>
  readonly publicUrl: string
  readonly leaseSeconds?: number
  readonly signal?: AbortSignal
  atHandedOver?(): Promise<void>
}

/** Longer than every server may take over one letter; after that somebody else takes it up. */
const LEASE_SECONDS = 120

/**
 * Sends every letter that is due, one after the other; answers how many the server took. One that it puts off or
 * refuses keeps no other; when the server itself is not to be had the others wait for the next round. A letter goes out at least once as long as the server takes letters, and at
 * most twice: a second time only where nobody knows whether it took the first.
 */
export async function sendLetters(sending: Sending): Promise<number> {
  const { db, leaseSeconds = LEASE_SECONDS, signal } = sending
  let sent = 0
  while (!signal?.aborted) {
    const claimed = await claimLetter(db, leaseSeconds)
    if (!claimed) return sent
    const became = await send(sending, claimed)
    if (became === 'server_gone') return sent
    if (became === 'sent') sent += 1
  }
  return sent
}

async function send(
  { atHandedOver, db, mail, publicUrl }: Sending,
  claimed: ClaimedLetter,
): Promise<'sent' | 'server_gone' | 'over'> {
  if (claimed.unsure >= MOST_UNSURE) {
    await settleLetter(db, claimed, { kind: 'settled', as: 'given_up' })
    return 'over'
  }
  const letter = await letterFor(db, claimed, publicUrl)
  if (!letter) {
    await settleLetter(db, claimed, { kind: 'settled', as: 'not_wanted' })
    return 'over'
  }
  const delivery = await mail.deliver(letter)
  await atHandedOver?.()
  const verdict = decideLetter({ delivery, attempts: claimed.attempts, unsure: claimed.unsure })
  await settleLetter(db, claimed, verdict)
  if (delivery === 'not_taken' || delivery === 'unknown') return 'server_gone'
  return delivery === 'taken' ? 'sent' : 'over'
}

/** The letter as it would be written now; null when it is not wanted any more. A fault on the way is no attempt that may have gone out. */
async function letterFor(db: Db, claimed: ClaimedLetter, publicUrl: string) {
  try {
    const facts = await letterOf(db, claimed.notificationId, claimed.userId)
    return facts ? letterAbout(facts, publicUrl) : null
  } catch (fault) {
    await settleLetter(db, claimed, decideLetter({ ...claimed, delivery: 'not_taken' })).catch(() => {})
    throw fault
  }
}
