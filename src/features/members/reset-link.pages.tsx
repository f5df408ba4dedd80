import { RESET_LINK_HOURS } from '../../access/index.ts'
import { formOf, problem, type Routes, representationFor } from '../../web/index.ts'
import { byOf, MEMBERS, permittedMember } from './at-hand.ts'
import { makeResetLink } from './change-member.ts'
import { memberPage, objected } from './member.pages.tsx'
import { membersWords } from './members.words.ts'

/** A link under which a member who cannot sign in any more chooses a new password. */
export const resetLinkRoutes: Routes = (app, web) => {
  app.post(`${MEMBERS}/:member/reset-link`, async (c) => {
    const action = 'member.reset_link.create'
    const at = await permittedMember(web, c, action)
    if (!at.ok) return at.answer
    const { value: member } = at
    const form = await formOf(web, c)
    if (!form.ok) return form.answer
    const dropsSecondFactor = form.texts.twoFactor === 'off'
    const made = await makeResetLink(web.db, member, byOf(c), { dropsSecondFactor })
    if (made.kind === 'gone') return problem(web, c, 'not_found')
    if (made.kind === 'refused') return objected(web, c, member, made.objection, action)
    const link = `${web.publicUrl}/reset-password/${made.token}`
    const expiresAt = new Date(Date.now() + RESET_LINK_HOURS.given * 3_600_000)
    if (representationFor(c, null) === 'json')
      return c.json({ id: member.id, link, expiresAt: expiresAt.toISOString() }, 201)
    const { reader } = c.var
    const words = membersWords(reader.language).reset
    const why = words.once(reader.say.time(expiresAt.toISOString()))
    return memberPage(web, c, member, { made: { title: words.made(member.name), why, link } })
  })
}
