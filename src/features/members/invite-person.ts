import { isWithin, newLinkToken, recordDone, roleMay } from '../../access/index.ts'
import type { Db } from '../../database/index.ts'
import type { WorkspaceId } from '../../kernel/index.ts'
import { lockPeople } from './change-member.sql.ts'
import type { By } from './change-member.ts'
import { insertInvitation, renewInvitation, revokeInvitation, whyNotInvite } from './invitations.sql.ts'
import { ownAccess } from './members.sql.ts'
import { accessForRecord, type GivenAccess, type Invitation, scopeOf } from './members.ts'

export type InviteObjection = 'email_member' | 'email_invited' | 'raises_above_yourself'

export type Invited =
  /** The token stands in the link, and nowhere else from here on. */
  | { readonly kind: 'done'; readonly id: number; readonly token: string }
  | { readonly kind: 'refused'; readonly objection: InviteObjection }
  /** The right to invite, or the invitation, went away in the meantime. */
  | { readonly kind: 'gone' }

export type Withdrawn = { readonly kind: 'done' } | Exclude<Invited, { kind: 'done' }>

/** Invites an address into a workspace; nobody is invited to more than the one who invites may do. */
export const invitePerson = (
  db: Db,
  workspaceId: WorkspaceId,
  by: By,
  wanted: GivenAccess & { readonly email: string },
): Promise<Invited> =>
  db.transaction().execute(async (tx) => {
    const within = await mayGive(tx, workspaceId, by, wanted)
    if (within !== true) return within
    const objection = await whyNotInvite(tx, workspaceId, wanted.email)
    if (objection) return { kind: 'refused', objection }
    const { hash, token } = newLinkToken()
    const id = await insertInvitation(tx, workspaceId, { ...wanted, tokenHash: hash, inviter: by.actor })
    await record(tx, workspaceId, id, by, 'invitation.create', {
      email: wanted.email,
      ...accessForRecord(wanted),
    })
    return { kind: 'done', id, token }
  })

/** Sends an invitation anew: another link, another week, and the one who does it answers for it. */
export const renewInvitationOf = (db: Db, invitation: Invitation, by: By): Promise<Invited> =>
  db.transaction().execute(async (tx) => {
    const { email, id, workspaceId } = invitation
    const within = await mayGive(tx, workspaceId, by, invitation)
    if (within !== true) return within
    const { hash, token } = newLinkToken()
    if (!(await renewInvitation(tx, workspaceId, id, hash, by.actor))) return { kind: 'gone' }
    await record(tx, workspaceId, id, by, 'invitation.renew', { email })
    return { kind: 'done', id, token }
  })

/**
 * Withdraws an invitation: its link leads nowhere from now on. Whoever could not have given the access it holds
 * does not take it back either.
 */
export const withdrawInvitation = (db: Db, invitation: Invitation, by: By): Promise<Withdrawn> =>
  db.transaction().execute(async (tx) => {
    const { email, id, workspaceId } = invitation
    const within = await mayGive(tx, workspaceId, by, invitation)
    if (within !== true) return within
    if (!(await revokeInvitation(tx, workspaceId, id))) return { kind: 'gone' }
    await record(tx, workspaceId, id, by, 'invitation.revoke', { email })
    return { kind: 'done' }
  })

/** Whether somebody may give this access, judged under the lock; otherwise why not. */
async function mayGive(
  tx: Db,
  workspaceId: WorkspaceId,
  { actor }: By,
  wanted: GivenAccess,
): Promise<true | Extract<Invited, { kind: 'refused' | 'gone' }>> {
  await lockPeople(tx, workspaceId)
  const own = await ownAccess(tx, workspaceId, actor)
  if (!own || !roleMay(own.role, 'workspace.members.manage')) return { kind: 'gone' }
  if (isWithin(scopeOf(wanted), scopeOf(own))) return true
  return { kind: 'refused', objection: 'raises_above_yourself' }
}

const record = (
  tx: Db,
  workspaceId: WorkspaceId,
  id: number,
  { actor, correlationId }: By,
  action: string,
  facts: object,
) =>
  recordDone(tx, actor, {
    workspaceId,
    action,
    targetKind: 'invitation',
    targetId: String(id),
    facts,
    correlationId,
  })
