import type { Child } from 'hono/jsx'
import {
  Button,
  CopyButton,
  ErrorSummary,
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

/** Everything that is needed to turn a second factor on, shown this once. */
export const EnrolPage = ({
  codes,
  reader,
  shell,
  uri,
}: PageProps & { uri: string; codes: readonly string[] }) => {
  const words = accountWords(reader.language)
  const { enrol } = words
  const key = new URL(uri).searchParams.get('secret') ?? ''
  return (
    <AccountStep shell={shell} reader={reader} title={enrol.title}>
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
        <CodeForm reader={reader} error={null} />
      </Part>
    </AccountStep>
  )
}

/** Once more the code, after one that was wrong. */
export const ConfirmPage = ({ error, reader, shell }: PageProps & { error: string }) => {
  const { enrol, wrong } = accountWords(reader.language)
  return (
    <AccountStep shell={shell} reader={reader} title={enrol.title}>
      <div class="mt-4 max-w-md">
        <ErrorSummary title={wrong} errors={[{ text: error, field: 'code' }]} />
      </div>
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

const CodeForm = ({ error, reader }: { error: string | null; reader: Reader }) => {
  const { enrol } = accountWords(reader.language)
  return (
    <form class="form" method="post" action={`${ACCOUNT}/two-factor/verify`} novalidate>
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
