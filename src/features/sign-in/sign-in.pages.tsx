import { chooseWorkspace, workspacesOf } from '../../access/index.ts'
import { Button, ErrorSummary, TextField } from '../../web/components/index.ts'
import {
  askSignIn,
  forbidden,
  formOf,
  passCookies,
  personOf,
  problem,
  type Request,
  type Routes,
  themeOf,
  type Web,
  webWords,
} from '../../web/index.ts'
import { BarePage, WorkspaceChoices } from '../../web/layout/index.ts'
import { codePath, wantsCode } from './code.pages.tsx'
import { localPath } from './local-path.ts'
import { signInWords } from './sign-in.words.ts'

/** Signing in and out, and choosing a workspace. */
export const signInRoutes: Routes = (app, web) => {
  app.get('/', (c) => c.redirect('/admin', 302))

  app.get('/sign-in', (c) => {
    if (c.var.who) return c.redirect(localPath(c.req.query('next')), 303)
    return signInPage(web, c, { email: '', next: localPath(c.req.query('next')), failed: null })
  })

  app.post('/sign-in', async (c) => {
    const form = await formOf(web, c)
    if (!form.ok) return form.answer
    const { email = '', next, password = '' } = form.texts
    const answer = await askSignIn(web, c, '/sign-in/email', { email, password })
    if (answer.status >= 500) return problem(web, c, 'unavailable')
    if (!answer.ok)
      return signInPage(web, c, {
        email,
        next: localPath(next),
        failed: answer.status === 429 ? 'too_many' : 'wrong',
      })
    passCookies(c, answer)
    if (await wantsCode(answer)) return c.redirect(codePath(localPath(next)), 303)
    return c.redirect(localPath(next), 303)
  })

  app.post('/sign-out', async (c) => {
    const answer = await web.auth.api.signOut({ headers: c.req.raw.headers, asResponse: true })
    passCookies(c, answer)
    return c.redirect('/sign-in', 303)
  })

  app.get('/admin/workspaces', (c) => workspacesPage(web, c))

  app.post('/admin/workspaces', async (c) => {
    const { actor, sessionId } = personOf(c)
    if (!sessionId)
      return forbidden(web, c, { action: 'workspace.choose', targetKind: 'workspace', targetId: null })
    const form = await formOf(web, c)
    if (!form.ok) return form.answer
    const chosen = (await workspacesOf(web.db, actor)).find(({ id }) => String(id) === form.texts.workspace)
    if (!chosen) return problem(web, c, 'not_found')
    await chooseWorkspace(web.db, chosen.id, sessionId)
    return c.redirect('/admin', 303)
  })
}

function signInPage(
  web: Web,
  c: Request,
  { email, failed, next }: { email: string; next: string; failed: 'wrong' | 'too_many' | null },
) {
  const { language } = c.var.reader
  const words = signInWords(language)
  return c.html(
    <BarePage language={language} assets={web.assets} {...themeOf(c)} title={words.title}>
      <h1>{words.title}</h1>
      <form method="post" action="/sign-in" class="mt-5 grid gap-4">
        {failed && <ErrorSummary title={words.failed[failed]} errors={[]} />}
        <input type="hidden" name="next" value={next} />
        <TextField
          id="email"
          name="email"
          type="email"
          label={words.email}
          value={email}
          autocomplete="username"
          required
          autofocus
        />
        <TextField
          id="password"
          name="password"
          type="password"
          label={words.password}
          autocomplete="current-password"
          end={
            <a class="link" href="/forgot-password">
              {words.forgotten}
            </a>
          }
          required
        />
        <Button look="primary" type="submit">
          {words.submit}
        </Button>
      </form>
      {web.demo && (
        <div class="mt-6 text-ui text-ink-2">
          <p>{words.demo(web.demo.password)}</p>
          <ul class="mt-1">
            {web.demo.emails.map((address) => (
              <li class="mono">{address}</li>
            ))}
          </ul>
        </div>
      )}
    </BarePage>,
    failed === 'too_many' ? 429 : failed ? 422 : 200,
  )
}

async function workspacesPage(web: Web, c: Request) {
  const { language } = c.var.reader
  const words = signInWords(language)
  const workspaces = await workspacesOf(web.db, personOf(c).actor)
  return c.html(
    <BarePage language={language} assets={web.assets} {...themeOf(c)} title={words.choose}>
      <h1>{words.choose}</h1>
      {workspaces.length === 0 ? (
        <p class="mt-3 text-ink-2">{words.noWorkspace}</p>
      ) : (
        <div class="mt-4">
          <WorkspaceChoices
            href="/admin/workspaces"
            field="workspace"
            choices={workspaces.map(({ id, name, role }) => ({
              value: String(id),
              name,
              role: webWords(language).roles[role],
            }))}
          />
        </div>
      )}
      <form method="post" action="/sign-out" class="mt-6">
        <Button look="quiet">{webWords(language).shell.signOut}</Button>
      </form>
    </BarePage>,
  )
}
