import { z } from 'zod'
import type { Json } from '../../kernel/index.ts'
import {
  fieldsOf,
  forbidden,
  frameFor,
  problem,
  type Request,
  type Routes,
  representationFor,
  type Web,
  workplaceOf,
} from '../../web/index.ts'
import type { Issue } from './access-fields.tsx'
import { choicesOf, readAccess, type TypedAccess, typedAccess } from './access-input.ts'
import { byOf, forbiddenInvitation, INVITATIONS, MEMBERS, mayManage, permittedInvitation } from './at-hand.ts'
import { INVITATION_DAYS } from './invitations.sql.ts'
import { InvitePage } from './invite-page.tsx'
import { type Invited, invitePerson, renewInvitationOf, withdrawInvitation } from './invite-person.ts'
import { invitationLetter } from './letters.ts'
import { membersPage } from './list.pages.tsx'
import { ownAccess, tenantsOfWorkspace } from './members.sql.ts'
import { type ChoosableTenant, scopeOf } from './members.ts'
import { membersWords } from './members.words.ts'

/** Inviting people, and what becomes of an invitation until it is accepted. */
export const invitationRoutes: Routes = (app, web) => {
  app.get(`${INVITATIONS}/new`, async (c) => {
    const at = await inviting(web, c)
    if (!at.ok) return at.answer
    return invitePage(web, c, at.choices, { email: '', access: NOTHING_TYPED }, [])
  })

  app.post(INVITATIONS, async (c) => {
    const at = await inviting(web, c)
    if (!at.ok) return at.answer
    const body = await fieldsOf(web, c)
    if (!body.ok) return body.answer
    const typed = typedIn(body.fields)
    const read = readInvitation(c, typed, at.choices)
    if (!read.ok) return refused(web, c, at.choices, typed, read.issues)
    const invited = await invitePerson(web.db, at.workspaceId, byOf(c), read.value)
    if (invited.kind !== 'refused') return handedOut(web, c, invited, read.value.email, at.workspace)
    const pointer = invited.objection === 'raises_above_yourself' ? '/role' : '/email'
    const detail = membersWords(c.var.reader.language).faults[invited.objection]
    return refused(web, c, at.choices, typed, [{ pointer, detail }])
  })

  app.post(`${INVITATIONS}/:invitation/renew`, async (c) => {
    const at = await permittedInvitation(web, c, 'invitation.renew')
    if (!at.ok) return at.answer
    const { workspace } = await workplaceOf(web, c)
    const renewed = await renewInvitationOf(web.db, at.value, byOf(c))
    if (renewed.kind === 'refused') return forbiddenInvitation(web, c, 'invitation.renew', at.value)
    return handedOut(web, c, renewed, at.value.email, workspace.name)
  })

  app.post(`${INVITATIONS}/:invitation/revoke`, async (c) => {
    const at = await permittedInvitation(web, c, 'invitation.revoke')
    if (!at.ok) return at.answer
    const withdrawn = await withdrawInvitation(web.db, at.value, byOf(c))
    if (withdrawn.kind === 'refused') return forbiddenInvitation(web, c, 'invitation.revoke', at.value)
    if (withdrawn.kind === 'gone') return problem(web, c, 'not_found')
    return representationFor(c, null) === 'json'
      ? c.json({ id: at.value.id, state: 'revoked' })
      : c.redirect(`${MEMBERS}#invitations`, 303)
  })
}

const NOTHING_TYPED: TypedAccess = { role: 'operator', reach: 'all', tenants: {} }

const isAddress = (email: string) => z.email().safeParse(email).success && email.length <= 254

/** Who may invite into the workspace of the session, and to what; otherwise 403 with its record. */
async function inviting(web: Web, c: Request) {
  const { actor, workspace } = await workplaceOf(web, c)
  if (!mayManage(c, workspace.role)) {
    const deed = { action: 'invitation.create', targetKind: 'workspace', targetId: String(workspace.id) }
    return { ok: false, answer: forbidden(web, c, { ...deed, workspaceId: workspace.id }) } as const
  }
  const own = await ownAccess(web.db, workspace.id, actor)
  const tenants = await tenantsOfWorkspace(web.db, workspace.id)
  const choices = own ? choicesOf(tenants, scopeOf(own)) : []
  return { ok: true, workspaceId: workspace.id, workspace: workspace.name, choices } as const
}

interface Typed {
  readonly email: string
  readonly access: TypedAccess
}

const typedIn = (fields: { readonly [name: string]: Json }): Typed => ({
  email: typeof fields.email === 'string' ? fields.email.trim() : '',
  access: typedAccess(fields),
})

/** Whom to invite, and to what; or each field that is wrong. */
function readInvitation(c: Request, { access, email }: Typed, choices: readonly ChoosableTenant[]) {
  const { faults } = membersWords(c.var.reader.language)
  const read = readAccess(access, choices)
  const flaws = { ...(!isAddress(email) && { email: 'email' as const }), ...(!read.ok && read.flaws) }
  const issues = Object.entries(flaws).map(([name, flaw]) => ({ pointer: `/${name}`, detail: faults[flaw] }))
  if (!read.ok || issues.length > 0) return { ok: false, issues } as const
  return { ok: true, value: { email: email.toLowerCase(), ...read.value } } as const
}

/** A program gets the fields that are wrong, a person the form with what was typed. */
function refused(
  web: Web,
  c: Request,
  choices: readonly ChoosableTenant[],
  typed: Typed,
  issues: readonly Issue[],
): Response | Promise<Response> {
  if (representationFor(c, null) === 'json') return problem(web, c, 'malformed', issues)
  return invitePage(web, c, choices, typed, issues)
}

async function invitePage(
  web: Web,
  c: Request,
  choices: readonly ChoosableTenant[],
  typed: Typed,
  issues: readonly Issue[],
): Promise<Response> {
  const shell = await frameFor(web, c)
  const page = (
    <InvitePage shell={shell} reader={c.var.reader} choices={choices} typed={typed} issues={issues} />
  )
  return c.html(page, issues.length > 0 ? 422 : 200)
}

/** Sends the link, if the installation sends letters, and shows it this once. */
async function handedOut(
  web: Web,
  c: Request,
  invited: Exclude<Invited, { kind: 'refused' }>,
  email: string,
  workspace: string,
): Promise<Response> {
  if (invited.kind === 'gone') return problem(web, c, 'not_found')
  const { reader } = c.var
  const words = membersWords(reader.language).invitations.made
  const link = `${web.publicUrl}/invitations/${invited.token}`
  const expiresAt = new Date(Date.now() + INVITATION_DAYS * 86_400_000)
  const until = reader.say.time(expiresAt.toISOString())
  const inviter = byOf(c).actor.name
  const mailed = await web.mail?.send(
    invitationLetter(reader.language, { email, inviter, workspace, link, until }),
  )
  if (representationFor(c, null) === 'json')
    return c.json(
      { id: invited.id, email, link, expiresAt: expiresAt.toISOString(), mailed: mailed === true },
      201,
    )
  const how = mailed === undefined ? words.byHand : mailed ? words.mailed : words.notMailed
  return membersPage(web, c, { title: words.title(email), why: `${how} ${words.until(until)}`, link })
}
