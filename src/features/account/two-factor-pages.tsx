import type { Child } from 'hono/jsx'
import {
  Button,
  CopyButton,
  ErrorSummary,
  HiddenFields,
  LinkButton,
  PageHeader,
  Part,
  TextField,
} from '../../web/components/index.ts'
import type { Reader } from '../../web/index.ts'
import { Page, type Shell } from '../../web/layout/index.ts'
import { accountWords } from './account.words.ts'
import { ACCOUNT } from './at-hand.ts'
import { QrCode } from './qr-code.tsx'

interface PageProps {
  shell: Shell
  reader: Reader
}

/** What enrolling begins with: for the app its key, for the person codes that open the account without it. */
export interface Enrolment {
  readonly uri: string
  readonly codes: readonly string[]
}

/** Everything that is needed to turn a second factor on, until a code was right. */
export const EnrolPage = ({
  enrolment,
  error = null,
  reader,
  shell,
}: PageProps & { enrolment: Enrolment; error?: string | null }) => {
  const words = accountWords(reader.language)
  const { enrol } = words
  const { codes, uri } = enrolment
  const key = new URL(uri).searchParams.get('secret') ?? ''
  return (
    <AccountStep shell={shell} reader={reader} title={enrol.title}>
      {error && <WrongCode error={error} reader={reader} />}
      <Part id="scan" title={enrol.scan}>
        <div class="mt-3">
          <QrCode text={uri} alt={enrol.scanAlt} />
        </div>
        <p class="mt-3 text-ui text-ink-2">{enrol.key}</p>
        <p class="mono break-all">{key.match(/.{1,4}/g)?.join(' ')}</p>
        <CopyButton text={key} label={words.copyKey} copied={words.copied} />
      </Part>
      <Part id="codes" title={enrol.codes} lead={enrol.codesLead}>
        <Codes codes={codes} reader={reader} />
      </Part>
      <Part id="confirm-code" title={enrol.confirm}>
        <CodeForm reader={reader} error={error} enrolment={enrolment} />
      </Part>
    </AccountStep>
  )
}

const WrongCode = ({ error, reader }: { error: string; reader: Reader }) => (
  <div class="mt-4 max-w-md">
    <ErrorSummary title={accountWords(reader.language).wrong} errors={[{ text: error, field: 'code' }]} />
  </div>
)

/** Once more the code, after one that was wrong, for somebody who did not send along what they were shown. */
export const ConfirmPage = ({ error, reader, shell }: PageProps & { error: string }) => {
  const { enrol } = accountWords(reader.language)
  return (
    <AccountStep shell={shell} reader={reader} title={enrol.title}>
      <WrongCode error={error} reader={reader} />
      <Part id="confirm-code" title={enrol.confirm.replace(/^\d\. /, '')}>
        <CodeForm reader={reader} error={error} />
        <p class="mt-4 text-ui text-ink-2">
          {enrol.againLead}{' '}
          <a class="link" href={`${ACCOUNT}#two-factor`}>
            {enrol.again}
          </a>
        </p>
      </Part>
    </AccountStep>
  )
}

/** New backup codes, shown this once. */
export const CodesPage = ({ codes, reader, shell }: PageProps & { codes: readonly string[] }) => {
  const words = accountWords(reader.language).codes
  return (
    <AccountStep shell={shell} reader={reader} title={words.title}>
      <p class="mt-2 text-ink-2">{words.lead}</p>
      <Codes codes={codes} reader={reader} />
      <p class="mt-6">
        <LinkButton href={ACCOUNT}>{words.back}</LinkButton>
      </p>
    </AccountStep>
  )
}

const AccountStep = ({ children, reader, shell, title }: PageProps & { title: string; children: Child }) => (
  <Page
    shell={shell}
    title={title}
    crumbs={[
      { label: shell.workspace.name, href: '/admin' },
      { label: accountWords(reader.language).title, href: ACCOUNT },
      { label: title },
    ]}
  >
    <PageHeader title={title} />
    {children}
  </Page>
)

const Codes = ({ codes, reader }: { codes: readonly string[]; reader: Reader }) => {
  const words = accountWords(reader.language)
  return (
    <>
      <ul class="mono mt-3 grid max-w-xs grid-cols-2 gap-x-6 gap-y-1">
        {codes.map((code) => (
          <li>{code}</li>
        ))}
      </ul>
      <CopyButton text={codes.join('\n')} label={words.codes.copy} copied={words.copied} />
    </>
  )
}

interface CodeFormProps {
  error: string | null
  /** Sent along, so that the page can be shown again after a wrong code; nobody keeps it here. */
  enrolment?: Enrolment
  reader: Reader
}

const CodeForm = ({ enrolment, error, reader }: CodeFormProps) => {
  const { enrol } = accountWords(reader.language)
  return (
    <form class="form" method="post" action={`${ACCOUNT}/two-factor/verify`} novalidate>
      {enrolment && <HiddenFields values={{ uri: enrolment.uri, codes: enrolment.codes.join(' ') }} />}
      <TextField
        id="code"
        name="code"
        label={enrol.code}
        hint={enrol.codeHint}
        error={error ?? undefined}
        autocomplete="one-time-code"
        spellcheck={false}
        required
      />
      <div class="form-end">
        <Button look="primary">{enrol.submit}</Button>
      </div>
    </form>
  )
}
