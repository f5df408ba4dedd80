import { isPasswordLongEnough } from '../../access/index.ts'
import {
  formOf,
  perMinute,
  problem,
  type Request,
  type Routes,
  representationFor,
  type Web,
} from '../../web/index.ts'
import { accountPage } from './account.pages.tsx'
import { accountWords } from './account.words.ts'
import { ACCOUNT, atBrowser } from './at-hand.ts'
import { changePassword, isCurrentPassword } from './change-password.ts'

/** How often somebody may say their current password in a minute, in each process: a borrowed session guesses too. */
const GUESSES_PER_MINUTE = 20

/** Changing one's own password. */
export const passwordRoutes: Routes = (app, web) => {
  const mayGuess = perMinute(GUESSES_PER_MINUTE)
  app.post(`${ACCOUNT}/password`, async (c) => {
    const at = atBrowser(web, c, 'account.password.change')
    if (!at.ok) return at.answer
    const form = await formOf(web, c)
    if (!form.ok) return form.answer
    const { currentPassword = '', password = '' } = form.texts
    if (!(await mayGuess(at.person.userId))) return problem(web, c, 'too_many_attempts')
    const issues = await issuesWith(web, c, currentPassword, password)
    const isProgram = representationFor(c, null) === 'json'
    if (issues.length > 0)
      return isProgram ? problem(web, c, 'malformed', issues) : accountPage(web, c, at.person, { issues })
    await changePassword(web.db, at.person, password, c.var.correlationId)
    return isProgram ? c.json({ changed: true }) : c.redirect(`${ACCOUNT}?done=password`, 303)
  })
}

/** What is wrong with the two passwords; one that was left out was not guessed. */
async function issuesWith(web: Web, c: Request, current: string, wanted: string) {
  const { faults } = accountWords(c.var.reader.language)
  const isCurrent = current !== '' && (await isCurrentPassword(web.auth, c.req.raw.headers, current))
  return [
    ...(isCurrent ? [] : [{ pointer: '/currentPassword', detail: faults.currentPassword }]),
    ...(isPasswordLongEnough(wanted) ? [] : [{ pointer: '/password', detail: faults.password }]),
  ]
}
