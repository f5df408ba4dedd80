import { isPasswordLongEnough, personOfResetLink } from '../../access/index.ts'
import { formOf, problem, type Request, type Routes, representationFor, type Web } from '../../web/index.ts'
import { resetWords } from './reset.words.ts'
import { OverPage, ResetPage } from './reset-pages.tsx'
import { resetPassword } from './reset-password.ts'

const LINK = '/reset-password/:token'

/** Choosing a new password under a link. One that was used or is over cannot be told from one that never was. */
export const resetRoutes: Routes = (app, web) => {
  app.get(LINK, async (c) => {
    const person = await personOfResetLink(web.db, c.req.param('token'))
    return person ? c.html(<ResetPage web={web} c={c} email={person.email} error={null} />) : over(web, c)
  })

  app.post(LINK, async (c) => {
    const token = c.req.param('token')
    const person = await personOfResetLink(web.db, token)
    if (!person) return over(web, c)
    const form = await formOf(web, c)
    if (!form.ok) return form.answer
    const { password = '' } = form.texts
    if (!isPasswordLongEnough(password)) {
      const detail = resetWords(c.var.reader.language).reset.fault
      if (representationFor(c, null) === 'json')
        return problem(web, c, 'malformed', [{ pointer: '/password', detail }])
      return c.html(<ResetPage web={web} c={c} email={person.email} error={detail} />, 422)
    }
    const done = await resetPassword(web.db, token, password, c.var.correlationId)
    return done ? c.redirect('/sign-in', 303) : over(web, c)
  })
}

const over = (web: Web, c: Request) =>
  representationFor(c, null) === 'json'
    ? problem(web, c, 'not_found')
    : c.html(<OverPage web={web} c={c} />, 404)
