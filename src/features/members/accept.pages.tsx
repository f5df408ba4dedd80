import { isPasswordLongEnough } from '../../access/index.ts'
import { isPlainText } from '../../kernel/index.ts'
import {
  askSignIn,
  forbidden,
  formOf,
  passCookies,
  problem,
  type Request,
  type Routes,
  representationFor,
  type Web,
} from '../../web/index.ts'
import { acceptWords } from './accept.words.ts'
import { invitationByToken, type OpenInvitation } from './accept-invitation.sql.ts'
import { acceptAsNewPerson, acceptInvitation } from './accept-invitation.ts'
import { AcceptPage, EndedPage, type Standing } from './accept-page.tsx'

const LINK = '/invitations/:token'

/** Joining a workspace by link. An unknown link is not found; one that is over says so to whoever holds it. */
export const acceptRoutes: Routes = (app, web) => {
  app.get(LINK, async (c) => {
    const invitation = await invitationByToken(web.db, c.req.param('token'))
    if (!invitation) return problem(web, c, 'not_found')
    if (invitation.state !== 'good') return ended(web, c, invitation.state)
    return page(web, c, invitation, standingOf(c, invitation))
  })

  app.post(LINK, async (c) => {
    const invitation = await invitationByToken(web.db, c.req.param('token'))
    if (!invitation) return problem(web, c, 'not_found')
    if (invitation.state !== 'good') return ended(web, c, invitation.state)
    const standing = standingOf(c, invitation)
    if (standing.kind === 'new') return joinAsNewPerson(web, c, invitation)
    if (standing.kind === 'confirm') return joinAsOneself(web, c, invitation)
    if (standing.kind === 'other') {
      const deed = { action: 'invitation.accept', targetKind: 'invitation', targetId: String(invitation.id) }
      return forbidden(web, c, { ...deed, workspaceId: invitation.workspaceId })
    }
    if (representationFor(c, null) === 'json') return problem(web, c, 'unauthenticated')
    return c.redirect(`/sign-in?next=${encodeURIComponent(c.req.path)}`, 303)
  })
}

/** Only a person accepts: a key stands for somebody, but not for their consent. */
function standingOf(c: Request, { email, userId }: OpenInvitation): Standing {
  const { who } = c.var
  if (who?.actor.kind === 'user')
    return who.actor.userId === userId ? { kind: 'confirm', email } : { kind: 'other', email: who.email }
  return userId === null ? { kind: 'new', name: '', wrong: [] } : { kind: 'known' }
}

async function joinAsOneself(web: Web, c: Request, invitation: OpenInvitation) {
  const { who } = c.var
  if (!who?.sessionId) return problem(web, c, 'unauthenticated')
  const { name, userId } = who.actor
  const person = { userId, name, sessionId: who.sessionId }
  const joined = await acceptInvitation(web.db, invitation, person, c.var.correlationId)
  return joined ? c.redirect('/admin', 303) : ended(web, c, 'over')
}

async function joinAsNewPerson(web: Web, c: Request, invitation: OpenInvitation) {
  const form = await formOf(web, c)
  if (!form.ok) return form.answer
  const name = (form.texts.name ?? '').trim()
  const password = form.texts.password ?? ''
  const wrong = [
    ...(isPlainText(name) && name.length <= 200 ? [] : (['name'] as const)),
    ...(isPasswordLongEnough(password) ? [] : (['password'] as const)),
  ]
  if (wrong.length > 0) {
    const { faults } = acceptWords(c.var.reader.language).new
    const issues = wrong.map((field) => ({ pointer: `/${field}`, detail: faults[field] }))
    if (representationFor(c, null) === 'json') return problem(web, c, 'malformed', issues)
    return page(web, c, invitation, { kind: 'new', name, wrong }, 422)
  }
  const joined = await acceptAsNewPerson(web.db, invitation, { name, password }, c.var.correlationId)
  if (!joined) return ended(web, c, 'over')
  const answer = await askSignIn(web, c, '/sign-in/email', { email: invitation.email, password })
  if (!answer.ok) return c.redirect('/sign-in', 303) // too many from this address: they have an account now
  passCookies(c, answer)
  return c.redirect('/admin', 303)
}

const page = (
  web: Web,
  c: Request,
  invitation: OpenInvitation,
  standing: Standing,
  status: 200 | 422 = 200,
) =>
  c.html(
    <AcceptPage web={web} c={c} invitation={invitation} standing={standing} />,
    standing.kind === 'other' ? 403 : status,
  )

const ended = (web: Web, c: Request, state: 'used' | 'over') =>
  representationFor(c, null) === 'json'
    ? problem(web, c, 'gone')
    : c.html(<EndedPage web={web} c={c} state={state} />, 410)
