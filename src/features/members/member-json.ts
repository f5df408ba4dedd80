import { roleAt, type ScopeOfAccess } from '../../access/index.ts'
import { memberHref } from './at-hand.ts'
import type { GivenAccess, Invitation, Member } from './members.ts'

/** Access as programs get it; of its tenants only those that the asker reaches too. */
const accessJson = ({ reach, role, tenants }: GivenAccess, own: ScopeOfAccess) => ({
  role,
  reach,
  tenants: tenants
    .filter(({ id }) => roleAt(own, id) !== null)
    .map((tenant) => ({ id: tenant.directoryId, name: tenant.name, role: tenant.role ?? role })),
})

/** A member as programs get it; how well they are protected and when they were here is for those who manage. */
export const memberJson = (member: Member, own: ScopeOfAccess, isManaged: boolean) => ({
  id: member.id,
  name: member.name,
  email: member.email,
  ...accessJson(member, own),
  since: member.since.toISOString(),
  ...(isManaged && { twoFactor: member.twoFactor }),
  ...(isManaged && member.lastSeen && { lastSeen: member.lastSeen.toISOString() }),
  href: memberHref(member.id),
})

/** An invitation as programs get it; never its link. */
export const invitationJson = (invitation: Invitation, own: ScopeOfAccess) => ({
  id: invitation.id,
  email: invitation.email,
  ...accessJson(invitation, own),
  invitedBy: invitation.inviterName,
  expiresAt: invitation.expiresAt.toISOString(),
  isExpired: invitation.isExpired,
})
