import type { Role } from '../../access/index.ts'
import { Button, ErrorSummary, Facts, LinkButton, Problem, TextField } from '../../web/components/index.ts'
import { type Reader, type Request, themeOf, type Web } from '../../web/index.ts'
import { BarePage } from '../../web/layout/index.ts'
import { acceptWords } from './accept.words.ts'
import type { OpenInvitation } from './accept-invitation.sql.ts'
import { roleName } from './member-cells.tsx'

/** Where whoever opened the link stands. */
export type Standing =
  | { readonly kind: 'new'; readonly name: string; readonly wrong: readonly ('name' | 'password')[] }
  | { readonly kind: 'known' }
  | { readonly kind: 'confirm'; readonly email: string }
  | { readonly kind: 'other'; readonly email: string }

interface AcceptPageProps {
  web: Web
  c: Request
  invitation: OpenInvitation
  standing: Standing
}

/** Joining a workspace by the link of an invitation. */
export const AcceptPage = ({ c, invitation, standing, web }: AcceptPageProps) => {
  const { reader } = c.var
  const words = acceptWords(reader.language)
  if (standing.kind === 'other')
    return <OtherPage web={web} c={c} invited={invitation.email} own={standing.email} />
  const title = words.title(invitation.workspace)
  return (
    <BarePage language={reader.language} assets={web.assets} {...themeOf(c)} title={title}>
      <h1>{title}</h1>
      <p class="mt-1 text-ink-2">
        {words.lead(invitation.inviterName, roleName(invitation.role as Role, reader))}
      </p>
      <div class="mt-4">
        <Facts facts={[{ label: words.forAddress, value: invitation.email }]} />
      </div>
      {standing.kind === 'new' && <NewPersonForm path={c.req.path} standing={standing} reader={reader} />}
      {standing.kind === 'known' && (
        <div class="mt-5 grid gap-4">
          <p class="text-ink-2">{words.known.lead(invitation.email)}</p>
          <LinkButton href={`/sign-in?next=${encodeURIComponent(c.req.path)}`} look="primary">
            {words.known.submit}
          </LinkButton>
        </div>
      )}
      {standing.kind === 'confirm' && (
        <form method="post" action={c.req.path} class="mt-5 grid gap-4">
          <p class="text-ink-2">{words.confirm.lead(standing.email)}</p>
          <Button look="primary">{words.confirm.submit}</Button>
        </form>
      )}
    </BarePage>
  )
}

interface NewPersonFormProps {
  path: string
  standing: Extract<Standing, { kind: 'new' }>
  reader: Reader
}

const NewPersonForm = ({ path, reader, standing }: NewPersonFormProps) => {
  const words = acceptWords(reader.language).new
  const errorOf = (field: 'name' | 'password') =>
    standing.wrong.includes(field) ? words.faults[field] : undefined
  return (
    <form method="post" action={path} class="mt-5 grid gap-4" novalidate>
      <p class="text-ink-2">{words.lead}</p>
      {standing.wrong.length > 0 && (
        <ErrorSummary
          title={words.wrong}
          errors={standing.wrong.map((field) => ({ field, text: words.faults[field] }))}
        />
      )}
      <TextField
        id="name"
        name="name"
        label={words.name}
        value={standing.name}
        error={errorOf('name')}
        autocomplete="name"
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
      <Button look="primary">{words.submit}</Button>
    </form>
  )
}

const OtherPage = ({ c, invited, own, web }: { web: Web; c: Request; invited: string; own: string }) => {
  const { language } = c.var.reader
  const words = acceptWords(language).other
  return (
    <BarePage width="text" language={language} assets={web.assets} {...themeOf(c)} title={words.title}>
      <Problem title={words.title} text={words.text(invited, own)}>
        <form method="post" action="/sign-out">
          <Button look="primary">{words.submit}</Button>
        </form>
      </Problem>
    </BarePage>
  )
}

/** For whoever holds the link of an invitation that is over; it tells nothing else of it. */
export const EndedPage = ({ c, state, web }: { web: Web; c: Request; state: 'used' | 'over' }) => {
  const { language } = c.var.reader
  const words = acceptWords(language)
  const { text, title } = words[state]
  return (
    <BarePage width="text" language={language} assets={web.assets} {...themeOf(c)} title={title}>
      <Problem status={410} title={title} text={text}>
        {state === 'used' && (
          <LinkButton href="/sign-in" look="primary">
            {words.used.submit}
          </LinkButton>
        )}
      </Problem>
    </BarePage>
  )
}
