import { z } from 'zod'
import {
  addPerson,
  chooseWorkspace,
  isSetupTokenGood,
  useSetupToken,
  workspacesOf,
} from '../../access/index.ts'
import { isPlainText } from '../../kernel/index.ts'
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
import { createFirstWorkspace } from './first-workspace.sql.ts'
import { localPath } from './local-path.ts'
import { signInWords } from './sign-in.words.ts'

/** Signing in and out, choosing a workspace, and the one-time set-up of the first owner. */
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

  app.get('/set-up/:token', async (c) => {
    if (!(await isSetupTokenGood(web.db, c.req.param('token')))) return problem(web, c, 'not_found')
    return setUpPage(web, c, { name: '', email: '', workspace: '' }, [])
  })

  app.post('/set-up/:token', (c) => setUp(web, c))
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

interface SetUpValues {
  name: string
  email: string
  workspace: string
}
type SetUpError = { text: string; field: string }

async function setUp(web: Web, c: Request) {
  const token = c.req.param('token') ?? ''
  if (!(await isSetupTokenGood(web.db, token))) return problem(web, c, 'not_found')
  const form = await formOf(web, c)
  if (!form.ok) return form.answer
  const { email = '', name = '', password = '', workspace = '' } = form.texts
  const values = { name: name.trim(), email: email.trim(), workspace: workspace.trim() }
  const errors = faultsOf(values, password, signInWords(c.var.reader.language).faults)
  if (errors.length > 0) return setUpPage(web, c, values, errors)
  const done = await web.db.transaction().execute(async (tx) => {
    if (!(await useSetupToken(tx, token))) return false
    const userId = await addPerson(tx, { name: values.name, email: values.email, password })
    await createFirstWorkspace(tx, values.workspace, userId, values.name)
    return true
  })
  return done ? c.redirect('/sign-in', 303) : problem(web, c, 'not_found')
}

function faultsOf(
  { email, name, workspace }: SetUpValues,
  password: string,
  words: Readonly<Record<'name' | 'email' | 'workspace' | 'password', string>>,
): SetUpError[] {
  const wrong: Record<keyof typeof words, boolean> = {
    name: !isPlainText(name) || name.length > 200,
    email: !z.email().safeParse(email).success || email.length > 254, // as the sign-in will ask for it
    workspace: !isPlainText(workspace) || workspace.length > 200,
    password: password.length < 12 || password.length > 200,
  }
  return (Object.keys(wrong) as (keyof typeof words)[])
    .filter((field) => wrong[field])
    .map((field) => ({ field, text: words[field] }))
}

function setUpPage(web: Web, c: Request, values: SetUpValues, errors: readonly SetUpError[]) {
  const { language } = c.var.reader
  const words = signInWords(language)
  const errorOf = (field: string) => errors.find((error) => error.field === field)?.text
  return c.html(
    <BarePage language={language} assets={web.assets} {...themeOf(c)} title={words.setUp}>
      <h1>{words.setUp}</h1>
      <p class="mt-1 text-ink-2">{words.setUpLead}</p>
      <form method="post" action={c.req.path} class="mt-5 grid gap-4">
        {errors.length > 0 && <ErrorSummary title={words.mend} errors={[...errors]} />}
        <TextField
          id="workspace"
          name="workspace"
          label={words.workspace}
          hint={words.workspaceHint}
          value={values.workspace}
          error={errorOf('workspace')}
          required
        />
        <TextField
          id="name"
          name="name"
          label={words.name}
          value={values.name}
          error={errorOf('name')}
          autocomplete="name"
          required
        />
        <TextField
          id="email"
          name="email"
          type="email"
          label={words.email}
          value={values.email}
          error={errorOf('email')}
          autocomplete="username"
          required
        />
        <TextField
          id="password"
          name="password"
          type="password"
          label={words.password}
          hint={words.passwordHint}
          error={errorOf('password')}
          autocomplete="new-password"
          required
        />
        <Button look="primary" type="submit">
          {words.setUpSubmit}
        </Button>
      </form>
    </BarePage>,
    errors.length > 0 ? 422 : 200,
  )
}
