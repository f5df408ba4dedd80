import { formOf, problem, type Routes, representationFor } from '../../web/index.ts'
import { accountPage } from './account.pages.tsx'
import { saveLetters } from './account.sql.ts'
import { ACCOUNT, atBrowser, recordOwn } from './at-hand.ts'
import { readLetters } from './letters.ts'
import { lettersWords } from './letters.words.ts'

/** Being told by e-mail, where the installation has a mail server. */
export const lettersRoutes: Routes = (app, web) => {
  app.post(`${ACCOUNT}/letters`, async (c) => {
    const at = atBrowser(web, c, 'account.letters')
    if (!at.ok) return at.answer
    const form = await formOf(web, c)
    if (!form.ok) return form.answer
    if (web.mail === null) return problem(web, c, 'not_found')
    const letters = readLetters(form.texts.letters)
    if (letters === null) {
      const issues = [{ pointer: '/letters', detail: lettersWords(c.var.reader.language).wrong }]
      return representationFor(c, null) === 'json'
        ? problem(web, c, 'malformed', issues)
        : accountPage(web, c, at.person, { issues })
    }
    await web.db.transaction().execute(async (tx) => {
      await saveLetters(tx, at.person.userId, letters)
      await recordOwn(tx, at.person, 'account.letters', { letters }, c.var.correlationId)
    })
    if (representationFor(c, null) === 'json') return c.json({ letters })
    return c.redirect(`${ACCOUNT}?done=letters`, 303)
  })
}
