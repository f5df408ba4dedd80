import { match } from '../../kernel/index.ts'
import {
  fieldsOf,
  frameFor,
  personOf,
  problem,
  type Request,
  type Routes,
  representationFor,
  type Web,
} from '../../web/index.ts'
import type { Issue } from './access-fields.tsx'
import { accessAsTyped, choicesOf, readAccess, type TypedAccess, typedAccess } from './access-input.ts'
import {
  byOf,
  forbiddenMember,
  MEMBERS,
  mayManage,
  memberHref,
  memberInPath,
  permittedMember,
} from './at-hand.ts'
import { changeMember, removeMember } from './change-member.ts'
import type { ChangeObjection } from './decide-change.ts'
import type { LinkOnceProps } from './link-once.tsx'
import type { Asked } from './member-confirmation.tsx'
import { memberJson } from './member-json.ts'
import { MemberPage } from './member-page.tsx'
import { ownAccess, tenantsOfWorkspace } from './members.sql.ts'
import { type Member, scopeOf } from './members.ts'
import { membersWords } from './members.words.ts'

const ONE = `${MEMBERS}/:member` as const

/** What the page asks about before it is done, by the word in its address. */
const CONFIRMED = ['remove', 'reset-link', 'reset-both'] as const

/** One member: what they may do, changing it, and taking them out. */
export const memberRoutes: Routes = (app, web) => {
  app.get(ONE, async (c) => {
    if (representationFor(c, null) === null) return problem(web, c, 'not_acceptable')
    const found = await memberInPath(web, c)
    if (!found) return problem(web, c, 'not_found')
    const confirm = c.req.query('confirm')
    const kind = CONFIRMED.find((each) => each === confirm)
    const asked: Asked | null = kind ? { kind } : null
    return memberPage(web, c, found.member, { asked, saved: c.req.query('done') === 'access' })
  })

  app.post(ONE, async (c) => {
    const at = await permittedMember(web, c, 'member.update')
    if (!at.ok) return at.answer
    const body = await fieldsOf(web, c)
    if (!body.ok) return body.answer
    const typed = typedAccess(body.fields)
    const read = readAccess(typed, await choicesIn(web, c, at.value))
    if (!read.ok) return refused(web, c, at.value, typed, issuesOf(c, read.flaws))
    const isProgram = representationFor(c, null) === 'json'
    const confirmed = isProgram || body.fields.confirmed === 'yes'
    const changed = await changeMember(web.db, at.value, byOf(c), read.value, { confirmed })
    return match<typeof changed, Response | Promise<Response>>(changed, {
      done: () => done(web, c, at.value),
      unchanged: () => done(web, c, at.value),
      gone: () => problem(web, c, 'not_found'),
      unconfirmed: () =>
        memberPage(web, c, at.value, { typed, asked: { kind: 'change', after: read.value, typed } }),
      refused: ({ objection }) => objected(web, c, at.value, objection, 'member.update', typed),
    })
  })

  app.post(`${ONE}/remove`, async (c) => {
    const at = await permittedMember(web, c, 'member.remove')
    if (!at.ok) return at.answer
    const removed = await removeMember(web.db, at.value, byOf(c))
    if (removed.kind === 'refused') return objected(web, c, at.value, removed.objection, 'member.remove')
    if (removed.kind !== 'done') return problem(web, c, 'not_found')
    return representationFor(c, null) === 'json'
      ? c.json({ id: at.value.id, state: 'removed' })
      : c.redirect(MEMBERS, 303)
  })
}

/** The tenants that whoever asks can name for a member. */
async function choicesIn(web: Web, c: Request, { workspaceId }: Member) {
  const own = await ownAccess(web.db, workspaceId, personOf(c).actor)
  return own ? choicesOf(await tenantsOfWorkspace(web.db, workspaceId), scopeOf(own)) : []
}

/** Back to the member; a program gets them as they are now. */
async function done(web: Web, c: Request, { id }: Member): Promise<Response> {
  if (representationFor(c, null) !== 'json') return c.redirect(`${memberHref(id)}?done=access`, 303)
  const found = await memberInPath(web, c)
  return found ? memberPage(web, c, found.member, {}) : problem(web, c, 'not_found')
}

/** Somebody with more than the one who asks is a matter of what they may: 403. The rest is what they sent: 422. */
export function objected(
  web: Web,
  c: Request,
  member: Member,
  objection: ChangeObjection | 'elsewhere',
  action: string,
  typed?: TypedAccess,
): Response | Promise<Response> {
  if (objection === 'beyond_yourself') return forbiddenMember(web, c, action, member)
  const pointer = objection === 'raises_above_yourself' ? '/role' : ''
  const detail = membersWords(c.var.reader.language).faults[objection]
  return refused(web, c, member, typed ?? accessAsTyped(member), [{ pointer, detail }])
}

const issuesOf = (c: Request, flaws: Readonly<Record<string, string>>): Issue[] => {
  const { faults } = membersWords(c.var.reader.language)
  return Object.entries(flaws).map(([name, flaw]) => ({
    pointer: `/${name}`,
    detail: faults[flaw as keyof typeof faults],
  }))
}

/** A program gets what is wrong, a person the page with what was typed. */
function refused(
  web: Web,
  c: Request,
  member: Member,
  typed: TypedAccess,
  issues: readonly Issue[],
): Response | Promise<Response> {
  if (representationFor(c, null) === 'json') return problem(web, c, 'malformed', issues)
  return memberPage(web, c, member, { typed, issues })
}

interface Shown {
  readonly typed?: TypedAccess
  readonly issues?: readonly Issue[]
  readonly asked?: Asked | null
  readonly made?: LinkOnceProps | null
  readonly saved?: boolean
}

/** The page of a member, or the member as JSON. */
export async function memberPage(
  web: Web,
  c: Request,
  member: Member,
  { asked = null, issues = [], made = null, saved = false, typed = accessAsTyped(member) }: Shown,
): Promise<Response> {
  const { actor } = personOf(c)
  const access = await ownAccess(web.db, member.workspaceId, actor)
  if (!access) return problem(web, c, 'not_found')
  const own = scopeOf(access)
  const isManaged = mayManage(c, access.role)
  if (representationFor(c, null) === 'json') return c.json(memberJson(member, own, isManaged))
  const choices = isManaged ? choicesOf(await tenantsOfWorkspace(web.db, member.workspaceId), own) : []
  const isOneself = member.userId === actor.userId
  const props = { member, own, isManaged, isOneself, typed, choices, issues, made, saved }
  const page = (
    <MemberPage
      shell={await frameFor(web, c)}
      reader={c.var.reader}
      asked={isManaged && !isOneself ? asked : null}
      {...props}
    />
  )
  return c.html(page, issues.length > 0 ? 422 : 200)
}
