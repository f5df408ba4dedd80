import {
  frameFor,
  problem,
  type Request,
  type Routes,
  representationFor,
  type Web,
  workplaceOf,
} from '../../web/index.ts'
import { MEMBERS, mayManage } from './at-hand.ts'
import { pendingInvitations } from './invitations.sql.ts'
import type { LinkOnceProps } from './link-once.tsx'
import { MembersPage } from './list-page.tsx'
import { invitationJson, memberJson } from './member-json.ts'
import { membersOf, ownAccess } from './members.sql.ts'
import { scopeOf } from './members.ts'

/** Who works in the workspace. */
export const memberListRoutes: Routes = (app, web) => {
  app.get(MEMBERS, (c) => {
    if (representationFor(c, null) === null) return problem(web, c, 'not_acceptable')
    return membersPage(web, c, null)
  })
}

/** The list of people; with a link that was made just now, which is shown this once. */
export async function membersPage(web: Web, c: Request, made: LinkOnceProps | null): Promise<Response> {
  const { actor, workspace } = await workplaceOf(web, c)
  const access = await ownAccess(web.db, workspace.id, actor)
  if (!access) return problem(web, c, 'not_found')
  const own = scopeOf(access)
  const isManaged = mayManage(c, access.role)
  const members = await membersOf(web.db, workspace.id)
  const invitations = isManaged ? await pendingInvitations(web.db, workspace.id) : null
  if (representationFor(c, null) === 'json')
    return c.json({
      members: members.map((member) => memberJson(member, own, isManaged)),
      ...(invitations && { invitations: invitations.map((one) => invitationJson(one, own)) }),
    })
  const revoking = invitations?.find(({ id }) => String(id) === c.req.query('revoke')) ?? null
  return c.html(
    <MembersPage
      shell={await frameFor(web, c)}
      reader={c.var.reader}
      own={own}
      userId={actor.userId}
      members={members}
      invitations={invitations}
      made={made}
      revoking={revoking}
    />,
  )
}
