import { sql } from 'kysely'
import type { Db } from '../database/index.ts'
import { asUserId, type UserId } from '../kernel/index.ts'
import { hashOfToken, newLinkToken } from './one-time-link.ts'

/** How long a link for a new password is good, in hours. */
export const RESET_LINK_HOURS = { asked: 1, given: 24 } as const

/** More links than these in an hour are not made, however often somebody asks. */
const MOST_PER_HOUR = 3

/** Whom a mailed link is for. */
export interface AskedLink {
  readonly userId: UserId
  readonly name: string
  readonly email: string
  readonly token: string
}

/**
 * Makes a link for whoever has this address; null when nobody has, or too many were made. It is one statement
 * either way, so that the time it takes tells nothing.
 */
export async function askForResetLink(db: Db, email: string): Promise<AskedLink | null> {
  const { hash, token } = newLinkToken()
  const { rows } = await sql<{ userId: string; name: string; email: string }>`
    with person as (
      select u.id, u.name, u.email from users u
      where u.email = lower(${email}) and exists (
        select from accounts a where a.user_id = u.id and a.provider_id = 'credential')
        and (select count(*) from password_reset_links l
          where l.user_id = u.id and l.created_at > now() - interval '1 hour') < ${MOST_PER_HOUR}
    ), made as (
      insert into password_reset_links (token_hash, user_id, expires_at)
      select ${hash}, p.id, now() + ${RESET_LINK_HOURS.asked} * interval '1 hour' from person p
    )
    select id as "userId", name, email from person`.execute(db)
  const [person] = rows
  return person ? { ...person, userId: asUserId(person.userId), token } : null
}

/**
 * Makes a link that an owner hands on to a member, and voids the ones before; answers its token. Whether the
 * owner may is for the caller to know; whether they still may is asked again when the link is used.
 */
export async function giveResetLink(
  tx: Db,
  userId: UserId,
  makerId: UserId,
  { dropsSecondFactor }: { dropsSecondFactor: boolean },
): Promise<string> {
  const { hash, token } = newLinkToken()
  await voidAllResetLinks(tx, userId)
  await sql`
    insert into password_reset_links (token_hash, user_id, maker_id, drops_second_factor, expires_at)
    values (${hash}, ${userId}, ${makerId}, ${dropsSecondFactor}, now() + ${RESET_LINK_HOURS.given} * interval '1 hour')`.execute(
    tx,
  )
  return token
}

/** Voids the links that somebody made for others and that nobody has used. */
export const voidResetLinksBy = (tx: Db, makerId: UserId) =>
  sql`delete from password_reset_links where maker_id = ${makerId} and used_at is null`.execute(tx)

/** Voids the links that somebody else made for a person and that nobody has used; those they asked for stay. */
export const voidResetLinksFor = (tx: Db, userId: UserId) =>
  sql`delete from password_reset_links where user_id = ${userId} and maker_id is not null and used_at is null`.execute(
    tx,
  )

/** Voids every link for a person that nobody has used, whoever made it. */
export const voidAllResetLinks = (tx: Db, userId: UserId) =>
  sql`delete from password_reset_links where user_id = ${userId} and used_at is null`.execute(tx)

/** Whom a reset link that is still good is for; undefined for every other. */
export async function personOfResetLink(
  db: Db,
  token: string,
): Promise<{ userId: UserId; name: string; email: string } | undefined> {
  const { rows } = await sql<{ userId: UserId; name: string; email: string }>`
    select u.id as "userId", u.name, u.email
    from password_reset_links l join users u on u.id = l.user_id
    where l.token_hash = ${hashOfToken(token)} and ${stillGood}`.execute(db)
  return rows[0]
}

interface UsedLink {
  readonly userId: UserId
  readonly name: string
  readonly makerId: UserId | null
  readonly dropsSecondFactor: boolean
}

/**
 * Uses a reset link up, and with it every other one of the same person; undefined when it was not good any
 * more, or somebody was faster.
 */
export async function useResetLink(tx: Db, token: string): Promise<UsedLink | undefined> {
  const { rows } = await sql<UsedLink>`
    update password_reset_links l set used_at = now() from users u
    where u.id = l.user_id and l.token_hash = ${hashOfToken(token)} and ${stillGood}
    returning l.user_id as "userId", u.name, l.maker_id as "makerId",
      l.drops_second_factor as "dropsSecondFactor"`.execute(tx)
  const [used] = rows
  if (used) await voidAllResetLinks(tx, used.userId)
  return used
}

/** Nowhere does the membership `m` reach what `o` does not reach, and nowhere with more than `o` has there. */
const isWithinMaker = sql<boolean>`(m.reach <> 'all' or o.reach = 'all') and not exists (
  select from tenants t
  left join tenant_memberships mt on mt.membership_id = m.id and mt.tenant_id = t.id
  left join tenant_memberships ot on ot.membership_id = o.id and ot.tenant_id = t.id
  where t.workspace_id = m.workspace_id and (m.reach = 'all' or mt.tenant_id is not null) and (
    (o.reach <> 'all' and ot.tenant_id is null)
    or lesser_role(coalesce(mt.role, m.role), coalesce(ot.role, o.role)) <> coalesce(mt.role, m.role)))`

/**
 * Not used, not past its time; and one that an owner made only as long as that owner is one in the only
 * workspace of the person, who may nowhere more than the owner: otherwise it would open what is out of the
 * owner's own reach.
 */
const stillGood = sql<boolean>`l.used_at is null and l.expires_at > now() and (
  l.maker_id is null or (
    (select count(*) from workspace_memberships m where m.user_id = l.user_id) = 1
    and exists (
      select from workspace_memberships m
      join workspace_memberships o on o.workspace_id = m.workspace_id
      where m.user_id = l.user_id and o.user_id = l.maker_id and o.role = 'owner' and ${isWithinMaker})))`
