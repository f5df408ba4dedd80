import { addPerson, chooseWorkspace, recordDone } from '../../access/index.ts'
import type { Db } from '../../database/index.ts'
import type { UserId } from '../../kernel/index.ts'
import { joinWorkspace, type OpenInvitation, useInvitation } from './accept-invitation.sql.ts'
import { lockPeople } from './change-member.sql.ts'

interface Joining {
  readonly userId: UserId
  readonly name: string
}

/** Lets somebody who is signed in with the invited address join; false when the invitation is not good any more. */
export const acceptInvitation = (
  db: Db,
  invitation: OpenInvitation,
  person: Joining & { readonly sessionId: string },
  correlationId: string,
): Promise<boolean> =>
  db.transaction().execute(async (tx) => {
    if (!(await claim(tx, invitation))) return false
    await join(tx, invitation, person, correlationId)
    await chooseWorkspace(tx, invitation.workspaceId, person.sessionId)
    return true
  })

/**
 * Makes an account for the invited address and lets it join; false when the invitation is not good any more.
 * Throws when the address has got an account in the meantime; nothing is written then.
 */
export const acceptAsNewPerson = (
  db: Db,
  invitation: OpenInvitation,
  { name, password }: { name: string; password: string },
  correlationId: string,
): Promise<boolean> =>
  db.transaction().execute(async (tx) => {
    if (!(await claim(tx, invitation))) return false
    const userId = await addPerson(tx, { name, email: invitation.email, password })
    await join(tx, invitation, { userId, name }, correlationId)
    return true
  })

/** Uses the invitation up, unless somebody was faster. */
async function claim(tx: Db, invitation: OpenInvitation): Promise<boolean> {
  await lockPeople(tx, invitation.workspaceId)
  return useInvitation(tx, invitation)
}

/** Makes the person a member, with its record. */
async function join(
  tx: Db,
  invitation: OpenInvitation,
  { name, userId }: Joining,
  correlationId: string,
): Promise<void> {
  const isNew = await joinWorkspace(tx, invitation, userId)
  const actor = { kind: 'user', userId, name } as const
  await recordDone(tx, actor, {
    workspaceId: invitation.workspaceId,
    action: 'invitation.accept',
    targetKind: 'invitation',
    targetId: String(invitation.id),
    facts: { email: invitation.email, role: invitation.role, alreadyMember: !isNew },
    correlationId,
  })
}
