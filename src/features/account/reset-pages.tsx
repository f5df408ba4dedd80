import { Button, ErrorSummary, LinkButton, Problem, TextField } from '../../web/components/index.ts'
import { type Request, themeOf, type Web } from '../../web/index.ts'
import { BarePage } from '../../web/layout/index.ts'
import { resetWords } from './reset.words.ts'

interface PageProps {
  web: Web
  c: Request
}

export interface ForgotProps {
  kind: 'form' | 'by_hand' | 'sent'
  email: string
  error?: string
}

/** For somebody who cannot sign in: a link by e-mail, or whom to ask. */
export const ForgotPage = ({ c, email, error, kind, web }: PageProps & ForgotProps) => {
  const { language } = c.var.reader
  const words = resetWords(language).forgot
  const title = kind === 'sent' ? words.sent : words.title
  return (
    <BarePage language={language} assets={web.assets} {...themeOf(c)} title={title}>
      <h1>{title}</h1>
      {kind === 'form' ? (
        <form method="post" action="/forgot-password" class="mt-5 grid gap-4" novalidate>
          <p class="text-ink-2">{words.lead}</p>
          {error && <ErrorSummary title={words.wrong} errors={[{ text: error, field: 'email' }]} />}
          <TextField
            id="email"
            name="email"
            type="email"
            label={words.email}
            value={email}
            error={error}
            autocomplete="username"
            required
          />
          <Button look="primary">{words.submit}</Button>
        </form>
      ) : (
        <p class="mt-3 text-ink-2">{kind === 'sent' ? words.sentText(email) : words.byHand}</p>
      )}
      <p class="mt-6 text-ui">
        <a class="link" href="/sign-in">
          {words.back}
        </a>
      </p>
    </BarePage>
  )
}

/** The form under a link that is good. */
export const ResetPage = ({ c, email, error, web }: PageProps & { email: string; error: string | null }) => {
  const { language } = c.var.reader
  const words = resetWords(language).reset
  return (
    <BarePage language={language} assets={web.assets} {...themeOf(c)} title={words.title}>
      <h1>{words.title}</h1>
      <p class="mt-1 text-ink-2">{words.lead(email)}</p>
      <form method="post" action={c.req.path} class="mt-5 grid gap-4" novalidate>
        {error && <ErrorSummary title={words.wrong} errors={[{ text: error, field: 'password' }]} />}
        <TextField
          id="password"
          name="password"
          type="password"
          label={words.password}
          hint={words.hint}
          error={error ?? undefined}
          autocomplete="new-password"
          required
        />
        <Button look="primary">{words.submit}</Button>
      </form>
    </BarePage>
  )
}

/** Under every link that is not good. */
export const OverPage = ({ c, web }: PageProps) => {
  const { language } = c.var.reader
  const words = resetWords(language).reset
  return (
    <BarePage width="text" language={language} assets={web.assets} {...themeOf(c)} title={words.over}>
      <Problem status={404} title={words.over} text={words.overText}>
        <LinkButton href="/forgot-password">{words.again}</LinkButton>
      </Problem>
    </BarePage>
  )
}
