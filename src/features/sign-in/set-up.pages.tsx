import { z } from 'zod'
import { addPerson, isPasswordLongEnough, isSetupTokenGood, useSetupToken } from '../../access/index.ts'
import { isPlainText } from '../../kernel/index.ts'
import { Button, ErrorSummary, TextField } from '../../web/components/index.ts'
import { formOf, problem, type Request, type Routes, themeOf, type Web } from '../../web/index.ts'
import { BarePage } from '../../web/layout/index.ts'
import { createFirstWorkspace } from './first-workspace.sql.ts'
import { signInWords } from './sign-in.words.ts'

/** The one-time set-up of the first owner and workspace. */
export const setUpRoutes: Routes = (app, web) => {
  app.get('/set-up/:token', async (c) => {
    if (!(await isSetupTokenGood(web.db, c.req.param('token')))) return problem(web, c, 'not_found')
    return setUpPage(web, c, { name: '', email: '', workspace: '' }, [])
  })

  app.post('/set-up/:token', (c) => setUp(web, c))
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
    password: !isPasswordLongEnough(password),
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
