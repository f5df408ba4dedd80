import {
  forbidden,
  formOf,
  frameFor,
  personOf,
  problem,
  type Request,
  type Routes,
  representationFor,
  type Web,
} from '../../web/index.ts'
import { saveSpoken } from './settings.sql.ts'
import { settingsWords } from './settings.words.ts'
import { readSpoken, type SpokenField, type TypedSpoken } from './spoken.ts'
import { YouPage } from './you-page.tsx'

/** How a person wants to be spoken to; a key does not speak for what its owner likes. */
export const settingsRoutes: Routes = (app, web) => {
  app.get('/admin/settings', (c) => youPage(web, c, stored(c), []))

  app.post('/admin/settings', async (c) => {
    const { actor } = personOf(c)
    if (actor.kind !== 'user')
      return forbidden(web, c, {
        action: 'person.update',
        targetKind: 'person',
        targetId: actor.userId,
      })
    const form = await formOf(web, c)
    if (!form.ok) return form.answer
    const { spoken, wrong } = readSpoken(form.texts)
    if (wrong.length > 0) return refused(web, c, form.texts, wrong)
    await saveSpoken(web.db, actor.userId, spoken)
    return c.redirect('/admin/settings?done=saved', 303)
  })
}

const stored = (c: Request): TypedSpoken => {
  const { language, theme, timeZone } = personOf(c)
  return { language: language ?? '', theme: theme ?? '', timeZone: timeZone ?? '' }
}

/** The page again with what was typed and what is wrong with it; a program gets the problem. */
function refused(web: Web, c: Request, typed: TypedSpoken, wrong: readonly SpokenField[]) {
  if (representationFor(c, null) !== 'json') return youPage(web, c, typed, wrong)
  const { unknown } = settingsWords(c.var.reader.language)
  return problem(
    web,
    c,
    'malformed',
    wrong.map((field) => ({ pointer: `/${field}`, detail: unknown[field] })),
  )
}

async function youPage(web: Web, c: Request, typed: TypedSpoken, wrong: readonly SpokenField[]) {
  const saved = c.req.method === 'GET' && c.req.query('done') === 'saved'
  const props = { shell: await frameFor(web, c), reader: c.var.reader, typed, wrong, saved }
  return c.html(<YouPage {...props} />, wrong.length > 0 ? 422 : 200)
}
