import { sql } from 'kysely'
import { type PersonalActor, reaches, wayTo } from '../../access/index.ts'
import type { Db } from '../../database/index.ts'
import type { UserId } from '../../kernel/index.ts'
import { type LetterVerdict, MOST_UNSURE } from './decide-letter.ts'
import type { NotificationRow } from './notifications.sql.ts'

/** A letter in the hands of this process, until its lease is over. */
export interface ClaimedLetter {
  readonly notificationId: number
  readonly userId: UserId
  /** The number of this attempt, which is the token of whoever makes it. */
  readonly attempts: number
  /** Attempts before this one of which nobody knows whether the server took the letter. */
  readonly unsure: number
}

/**
 * Takes the letter that is due longest; nobody else has it meanwhile. Where the one before did not say what became of
 * its attempt, its process died or was held up over it, and the attempt is unsure. Undefined when none is due.
 */
export async function claimLetter(db: Db, leaseSeconds: number): Promise<ClaimedLetter | undefined> {
  const { rows } = await sql<ClaimedLetter>`
    with due as (
      select notification_id from notification_letters
      where settled_at is null and due_at <= now() and (lease_until is null or lease_until < now())
      order by due_at limit 1 for update skip locked
    )
    update notification_letters l set attempts = l.attempts + 1,
      unsure = least(l.unsure + (l.lease_until is not null)::int, ${MOST_UNSURE}), lease_until = now() + ${leaseSeconds} * interval '1s'
    from due, notifications n
    where l.notification_id = due.notification_id and n.id = due.notification_id
    returning l.notification_id as "notificationId", n.user_id as "userId", l.attempts, l.unsure`.execute(db)
  return rows[0]
}

/** What a letter tells, and to whom, in which language and time zone. */
export interface LetterFactsOfRun extends Omit<NotificationRow, 'id' | 'about' | 'read_at' | 'created_at'> {
  readonly run_id: number
  readonly email: string
  readonly language: string | null
  readonly time_zone: string | null
  readonly correlation_id: string
}

/** What is told by a letter now; undefined where the person does not want it any more, may not see the run, or it is no news. */
export async function letterOf(
  db: Db,
  notificationId: number,
  userId: UserId,
): Promise<LetterFactsOfRun | undefined> {
  const actor: PersonalActor = { kind: 'user', userId, name: '' }
  const { rows } = await sql<LetterFactsOfRun>`
    select r.id as run_id, r.operation, r.outcome, r.reason, t.name as tenant_name, r.correlation_id,
      u.email, u.language, u.time_zone
    from notifications n
    join users u on u.id = n.user_id
    join operation_runs r on r.id = n.run_id
    join tenants t on t.id = r.tenant_id
    ${wayTo(actor)}
    where n.id = ${notificationId} and n.user_id = ${userId} and ${reaches} and letter_wanted(u.letters, r.outcome)
      and n.created_at > now() - interval '1 day'`.execute(db)
  return rows[0]
}

/** Notes what became of an attempt; false when it was somebody else's by then, and then nothing is written. */
export async function settleLetter(
  db: Db,
  { attempts, notificationId }: Pick<ClaimedLetter, 'attempts' | 'notificationId'>,
  verdict: LetterVerdict | { readonly kind: 'settled'; readonly as: 'not_wanted' },
): Promise<boolean> {
  const change =
    verdict.kind === 'settled'
      ? sql`settled_at = now(), settled_as = ${verdict.as}`
      : sql`due_at = now() + ${verdict.inSeconds} * interval '1s', unsure = ${verdict.unsure}`
  const { rows } = await sql`
    update notification_letters set lease_until = null, ${change}
    where notification_id = ${notificationId} and attempts = ${attempts} and lease_until is not null
    returning notification_id`.execute(db)
  return rows.length > 0
}
