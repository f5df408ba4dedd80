import { type Role, roleMay } from '../../access/index.ts'
import { parseRecordId } from '../../kernel/index.ts'
import { forbidden, personOf, problem, type Request, type Web } from '../../web/index.ts'
import type { By } from './change-member.ts'
import { invitationSeenBy } from './invitations.sql.ts'
import { memberSeenBy } from './members.sql.ts'
import type { Invitation, Member } from './members.ts'

export const MEMBERS = '/admin/members'
export const INVITATIONS = '/admin/invitations'
export const memberHref = (id: number) => `${MEMBERS}/${id}`
export const invitationHref = (id: number) => `${INVITATIONS}/${id}`

/** What it takes to change who is in a workspace. */
export const MANAGE = 'workspace.members.manage'

/** Who asks, for the record of what they do. */
export const byOf = (c: Request): By => ({
  actor: personOf(c).actor,
  correlationId: c.var.correlationId,
})

/**
 * Programs read who is there; whoever owns the key, they neither bring in people nor send them away, nor see what
 * only those who do that see.
 */
export const mayManage = (c: Request, role: Role): boolean =>
  personOf(c).actor.kind === 'user' && roleMay(role, MANAGE)

/** What a change needs to know before it begins, or the answer that ends the request. */
export type Permitted<Value> =
  | { readonly ok: true; readonly value: Value }
  | { readonly ok: false; readonly answer: Response | Promise<Response> }

/** The member that a path names; undefined for a malformed, an unknown and an invisible one alike. */
export async function memberInPath(
  web: Web,
  c: Request,
): Promise<{ member: Member; role: Role } | undefined> {
  const id = parseRecordId(c.req.param('member') ?? '')
  return id === null ? undefined : memberSeenBy(web.db, id, personOf(c).actor)
}

/** The member of the path, for somebody who may do this; otherwise 404, or 403 with its record. */
export async function permittedMember(web: Web, c: Request, action: string): Promise<Permitted<Member>> {
  const found = await memberInPath(web, c)
  if (!found) return { ok: false, answer: problem(web, c, 'not_found') }
  const { member, role } = found
  if (mayManage(c, role)) return { ok: true, value: member }
  return { ok: false, answer: forbiddenMember(web, c, action, member) }
}

/** Answers 403 and records who tried what with whom. */
export const forbiddenMember = (web: Web, c: Request, action: string, { id, workspaceId }: Member) =>
  forbidden(web, c, { action, workspaceId, targetKind: 'member', targetId: String(id) })

/** The pending invitation of the path, for somebody who may do this; otherwise 404, or 403 with its record. */
export async function permittedInvitation(
  web: Web,
  c: Request,
  action: string,
): Promise<Permitted<Invitation>> {
  const id = parseRecordId(c.req.param('invitation') ?? '')
  const found = id === null ? undefined : await invitationSeenBy(web.db, id, personOf(c).actor)
  if (!found) return { ok: false, answer: problem(web, c, 'not_found') }
  const { invitation, role } = found
  if (mayManage(c, role)) return { ok: true, value: invitation }
  return { ok: false, answer: forbiddenInvitation(web, c, action, invitation) }
}

/** Answers 403 and records who tried what with which invitation. */
export const forbiddenInvitation = (web: Web, c: Request, action: string, { id, workspaceId }: Invitation) =>
  forbidden(web, c, { action, workspaceId, targetKind: 'invitation', targetId: String(id) })
