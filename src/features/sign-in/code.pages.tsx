import { Button, ErrorSummary, TextField } from '../../web/components/index.ts'
import {
  askSignIn,
  formOf,
  passCookies,
  problem,
  type Request,
  type Routes,
  themeOf,
  type Web,
} from '../../web/index.ts'
import { BarePage } from '../../web/layout/index.ts'
import { localPath } from './local-path.ts'
import { signInWords } from './sign-in.words.ts'

/** The second step of signing in, for whoever has a second factor. */
export const codeRoutes: Routes = (app, web) => {
  app.get('/sign-in/code', (c) => {
    const next = localPath(c.req.query('next'))
    if (c.var.who) return c.redirect(next, 303)
    return isHalfway(c) ? codePage(web, c, next, null) : c.redirect(signInPath(next), 303)
  })

  app.post('/sign-in/code', async (c) => {
    const form = await formOf(web, c)
    if (!form.ok) return form.answer
    const next = localPath(form.texts.next)
    if (!isHalfway(c)) return c.redirect(signInPath(next), 303)
    const answer = await askForCode(web, c, form.texts.code ?? '')
    if (answer.ok) {
      passCookies(c, answer)
      return c.redirect(next, 303)
    }
    if (answer.status === 429) return codePage(web, c, next, 'too_many')
    const { code } = (await answer.json().catch(() => ({}))) as { code?: string }
    if (code === 'INVALID_CODE' || code === 'INVALID_BACKUP_CODE') return codePage(web, c, next, 'wrong')
    if (answer.status >= 500) return problem(web, c, 'unavailable')
    passCookies(c, answer) // the challenge is used up or past its time: from the beginning
    return c.redirect(signInPath(next), 303)
  })
}

/** Where a person with a second factor goes on. */
export const codePath = (next: string) => `/sign-in/code?next=${encodeURIComponent(next)}`

const signInPath = (next: string) => `/sign-in?next=${encodeURIComponent(next)}`

/** Whether the library took the password and wants a code now: there is no session yet. */
export async function wantsCode(answer: Response): Promise<boolean> {
  const said = (await answer.clone().json()) as { twoFactorRedirect?: boolean }
  return said.twoFactorRedirect === true
}

/** The library's signed cookie between the two steps; what it is worth the library judges. */
const isHalfway = (c: Request) =>
  /(^|;\s*)(__Secure-)?tenantpilot\.two_factor=/.test(c.req.header('cookie') ?? '')

/** Six digits are the app's code, anything else a backup code. */
function askForCode(web: Web, c: Request, typed: string): Promise<Response> {
  const code = typed.replace(/\s/g, '')
  const isOfApp = /^\d{6}$/.test(code)
  return askSignIn(web, c, isOfApp ? '/two-factor/verify-totp' : '/two-factor/verify-backup-code', { code })
}

function codePage(web: Web, c: Request, next: string, failed: 'wrong' | 'too_many' | null) {
  const { language } = c.var.reader
  const { code: words } = signInWords(language)
  return c.html(
    <BarePage language={language} assets={web.assets} {...themeOf(c)} title={words.title}>
      <h1>{words.title}</h1>
      <p class="mt-1 text-ink-2">{words.lead}</p>
      <form method="post" action="/sign-in/code" class="mt-5 grid gap-4">
        {failed && <ErrorSummary title={words.failed[failed]} errors={[]} />}
        <input type="hidden" name="next" value={next} />
        <TextField
          id="code"
          name="code"
          label={words.label}
          hint={words.hint}
          autocomplete="one-time-code"
          spellcheck={false}
          required
          autofocus
        />
        <Button look="primary">{words.submit}</Button>
      </form>
      <p class="mt-6 text-ui">
        <a class="link" href={signInPath(next)}>
          {words.other}
        </a>
      </p>
    </BarePage>,
    failed === 'too_many' ? 429 : failed ? 422 : 200,
  )
}
