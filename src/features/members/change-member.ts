import {
  endAccessTo,
  giveResetLink,
  type PersonalActor,
  recordDone,
  roleMay,
  voidResetLinksBy,
  voidResetLinksFor,
} from '../../access/index.ts'
import type { Db } from '../../database/index.ts'
import { deleteMember, lockPeople, revokeInvitationsBy, updateAccess } from './change-member.sql.ts'
import { type ChangeObjection, type ChangeVerdict, decideChange } from './decide-change.ts'
import { belongsElsewhere, hasOwnerBeside, memberById, ownAccess } from './members.sql.ts'
import { accessForRecord, type GivenAccess, type Member, scopeOf } from './members.ts'

/** Who changes people, for the record. */
export interface By {
  readonly actor: PersonalActor
  readonly correlationId: string
}

/** `gone`: the member, or the right to change them, went away in the meantime. */
export type Changed =
  | { readonly kind: 'done' | 'unchanged' | 'gone' }
  | { readonly kind: 'unconfirmed' }
  | { readonly kind: 'refused'; readonly objection: ChangeObjection }

/**
 * Gives a member other access. Taking something away, and making an owner, wants to be confirmed first; until
 * then nothing is written. Whoever loses something loses with it the invitations and reset links they made for others. A link
 * that was made for the member is void either way: it was given to somebody with other access.
 */
export const changeMember = (
  db: Db,
  seen: Member,
  by: By,
  after: GivenAccess,
  { confirmed }: { confirmed: boolean },
): Promise<Changed> =>
  db.transaction().execute(async (tx) => {
    const ground = await groundOf(tx, seen, by, after)
    if (!ground) return { kind: 'gone' }
    const { member, verdict } = ground
    if (verdict.kind !== 'granted') return verdict
    if ((verdict.takesAway || verdict.makesOwner) && !confirmed) return { kind: 'unconfirmed' }
    await updateAccess(tx, member.workspaceId, member.id, after)
    await voidResetLinksFor(tx, member.userId)
    const revoked = verdict.takesAway ? await withdrawWorkOf(tx, member) : 0
    const facts = {
      before: accessForRecord(member),
      after: accessForRecord(after),
      invitationsRevoked: revoked,
    }
    await record(tx, member, by, 'member.update', facts)
    return { kind: 'done' }
  })

/**
 * Takes somebody out of a workspace, at once: every request reads who belongs where anew, sessions that work in
 * it end, keys bound to it are switched off, and operations they started are authorised again before they begin.
 */
export const removeMember = (db: Db, seen: Member, by: By): Promise<Changed> =>
  db.transaction().execute(async (tx) => {
    const ground = await groundOf(tx, seen, by, null)
    if (!ground) return { kind: 'gone' }
    const { member, verdict } = ground
    if (verdict.kind !== 'granted') return verdict
    await deleteMember(tx, member.workspaceId, member.id)
    await voidResetLinksFor(tx, member.userId)
    const ended = await endAccessTo(tx, member.workspaceId, member.userId)
    const revoked = await withdrawWorkOf(tx, member)
    const facts = {
      before: accessForRecord(member),
      sessionsEnded: ended.sessions,
      keysDisabled: ended.keys,
      invitationsRevoked: revoked,
    }
    await record(tx, member, by, 'member.remove', facts)
    return { kind: 'done' }
  })

export type ResetLink =
  | { readonly kind: 'made'; readonly token: string }
  | { readonly kind: 'gone' }
  | { readonly kind: 'refused'; readonly objection: ChangeObjection | 'elsewhere' }

/**
 * Makes a one-time link under which a member chooses a new password. Only for somebody who belongs to no other
 * workspace: whoever makes the link could open it, and would be in there too.
 */
export const makeResetLink = (
  db: Db,
  seen: Member,
  by: By,
  wanted: { readonly dropsSecondFactor: boolean },
): Promise<ResetLink> =>
  db.transaction().execute(async (tx) => {
    const ground = await groundOf(tx, seen, by, seen)
    if (!ground) return { kind: 'gone' }
    const { member, verdict } = ground
    if (verdict.kind === 'refused') return verdict
    if (await belongsElsewhere(tx, member.workspaceId, member.userId))
      return { kind: 'refused', objection: 'elsewhere' }
    const token = await giveResetLink(tx, member.userId, by.actor.userId, wanted)
    await record(tx, member, by, 'member.reset_link.create', wanted)
    return { kind: 'made', token }
  })

/** What a change is decided on, read under the lock; undefined when there is nothing to decide any more. */
async function groundOf(
  tx: Db,
  { id, workspaceId }: Member,
  { actor }: By,
  after: GivenAccess | null,
): Promise<{ member: Member; verdict: ChangeVerdict } | undefined> {
  await lockPeople(tx, workspaceId)
  const member = await memberById(tx, workspaceId, id)
  const own = await ownAccess(tx, workspaceId, actor)
  if (!member || !own || !roleMay(own.role, 'workspace.members.manage')) return undefined
  const verdict = decideChange({
    own: scopeOf(own),
    isOneself: member.userId === actor.userId,
    before: scopeOf(member),
    after: after && scopeOf(after),
    hasAnotherOwner: await hasOwnerBeside(tx, workspaceId, id),
  })
  return { member, verdict }
}

/** What somebody prepared with a right that they lose must not outlive it. */
async function withdrawWorkOf(tx: Db, { userId, workspaceId }: Member): Promise<number> {
  await voidResetLinksBy(tx, userId)
  return revokeInvitationsBy(tx, workspaceId, userId)
}

const record = (tx: Db, member: Member, { actor, correlationId }: By, action: string, facts: object) =>
  recordDone(tx, actor, {
    workspaceId: member.workspaceId,
    action,
    targetKind: 'member',
    targetId: String(member.id),
    facts: { person: member.userId, name: member.name, ...facts },
    correlationId,
  })
