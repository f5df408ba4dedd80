import type { sessionsOf } from '../../access/index.ts'
import { Button, ErrorSummary, PageHeader, Part, SavedNote, TextField } from '../../web/components/index.ts'
import type { Reader } from '../../web/index.ts'
import { Page, type Shell } from '../../web/layout/index.ts'
import { SettingsTabs } from '../settings/index.ts'
import { accountWords } from './account.words.ts'
import { ACCOUNT, type AtBrowser } from './at-hand.ts'
import type { Letters } from './letters.ts'
import { lettersWords } from './letters.words.ts'
import { LettersPart } from './letters-part.tsx'
import { SessionTable } from './session-table.tsx'

/** What was done just now, as the address says. */
export const DONE = ['password', 'sessions', 'two-factor-on', 'two-factor-off', 'letters'] as const

export interface AccountPageProps {
  shell: Shell
  reader: Reader
  person: AtBrowser
  twoFactor: boolean
  /** Of which operations they are told by e-mail; null where there is no mail server. */
  letters: Letters | null
  sessions: Awaited<ReturnType<typeof sessionsOf>>
  issues: readonly { pointer: string; detail: string }[]
  done: (typeof DONE)[number] | null
}

/** How somebody signs in, and where they are. */
export const AccountPage = ({ shell, ...props }: AccountPageProps) => {
  const { done, issues, letters, person, reader, sessions } = props
  const words = accountWords(reader.language)
  const said = {
    password: words.password.done,
    sessions: words.sessions.ended,
    'two-factor-on': words.twoFactor.turnedOn,
    'two-factor-off': words.twoFactor.turnedOff,
    letters: lettersWords(reader.language).saved,
  }
  return (
    <Page
      shell={shell}
      title={words.title}
      crumbs={[{ label: shell.workspace.name, href: '/admin' }, { label: words.title }]}
      at="/admin/settings"
    >
      <PageHeader title={words.title} lead={words.lead(person.email)} />
      <SettingsTabs at="account" reader={reader} />
      {done && <SavedNote>{said[done]}</SavedNote>}
      {issues.length > 0 && (
        <div class="mt-4 max-w-md">
          <ErrorSummary
            title={words.wrong}
            errors={issues.map(({ detail, pointer }) => ({ text: detail, field: fieldOf(pointer) }))}
          />
        </div>
      )}
      <PasswordPart {...props} />
      <TwoFactorPart {...props} />
      {letters && (
        <LettersPart
          letters={letters}
          email={person.email}
          error={errorIn(issues, 'letters')}
          reader={reader}
        />
      )}
      <Part id="sessions" title={words.sessions.title} lead={words.sessions.lead}>
        <SessionTable sessions={sessions} own={person.sessionId} reader={reader} />
        {sessions.length > 1 && (
          <form method="post" action={`${ACCOUNT}/sessions/revoke-others`} class="mt-4">
            <Button>{words.sessions.endOthers}</Button>
          </form>
        )}
      </Part>
    </Page>
  )
}

type Props = Omit<AccountPageProps, 'shell'>

/** The id of the control that a pointer names; the section on letters has that name itself. */
const fieldOf = (pointer: string) => (pointer === '/letters' ? 'letters-choice' : pointer.slice(1))

const errorIn = (issues: Props['issues'], field: string) =>
  issues.find(({ pointer }) => pointer === `/${field}`)?.detail

const PasswordPart = ({ issues, reader }: Props) => {
  const words = accountWords(reader.language)
  return (
    <Part id="change-password" title={words.password.title} lead={words.password.lead}>
      <form class="form" method="post" action={`${ACCOUNT}/password`} novalidate>
        <TextField
          id="currentPassword"
          name="currentPassword"
          type="password"
          label={words.currentPassword}
          error={errorIn(issues, 'currentPassword')}
          autocomplete="current-password"
          required
        />
        <TextField
          id="password"
          name="password"
          type="password"
          label={words.password.new}
          hint={words.password.hint}
          error={errorIn(issues, 'password')}
          autocomplete="new-password"
          required
        />
        <div class="form-end">
          <Button>{words.password.submit}</Button>
        </div>
      </form>
    </Part>
  )
}

const TwoFactorPart = ({ issues, reader, twoFactor }: Props) => {
  const words = accountWords(reader.language)
  const { isOff, isOn, newCodes, title, turnOff, turnOffLead, turnOn } = words.twoFactor
  return (
    <Part id="two-factor" title={title} lead={twoFactor ? isOn : isOff}>
      <form class="form" method="post" action={`${ACCOUNT}/two-factor`} novalidate>
        {twoFactor && <p class="text-ui text-ink-2">{turnOffLead}</p>}
        <TextField
          id="twoFactorPassword"
          name="twoFactorPassword"
          type="password"
          label={words.currentPassword}
          error={errorIn(issues, 'twoFactorPassword')}
          autocomplete="current-password"
          required
        />
        <div class="form-end">
          {twoFactor ? (
            <>
              <button type="submit" class="btn" formaction={`${ACCOUNT}/two-factor/backup-codes`}>
                {newCodes}
              </button>
              <button type="submit" class="btn btn-danger" formaction={`${ACCOUNT}/two-factor/disable`}>
                {turnOff}
              </button>
            </>
          ) : (
            <Button>{turnOn}</Button>
          )}
        </div>
      </form>
    </Part>
  )
}
