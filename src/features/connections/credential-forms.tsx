import { Button, Tabs } from '../../web/components/index.ts'
import type { Reader } from '../../web/index.ts'
import { connectionHref, credentialHref } from './at-hand.ts'
import {
  type ConnectionFlaws,
  CREDENTIAL_WAYS,
  type CredentialWay,
  type TypedConnection,
} from './connection-input.ts'
import type { SeenConnection } from './connections.sql.ts'
import { wordsOfCredentials } from './credential.words.ts'
import { FlawSummary, FormEnd, PemFields, SecretFields } from './form-page.tsx'

interface NewCredentialProps {
  connection: SeenConnection
  reader: Reader
  way: CredentialWay
  typed: TypedConnection
  flaws: ConnectionFlaws
}

/** The three ways to a new credential, one at a time; each is a form of its own. */
export const NewCredential = (props: NewCredentialProps) => {
  const { connection, reader, way } = props
  const words = wordsOfCredentials(reader.language)
  const Form = { secret: SecretForm, certificate: CertificateForm, made: MadeForm }[way]
  return (
    <>
      <Tabs
        label={words.choose}
        tabs={CREDENTIAL_WAYS.map((name) => ({
          href: `${credentialHref(connection.id)}?way=${name}#store`,
          label: words.ways[name],
          current: name === way,
        }))}
      />
      {connection.next && <p class="mt-4 text-ui text-ink-2">{words.replaces}</p>}
      <Form {...props} />
    </>
  )
}

const SecretForm = ({ connection, flaws, reader, typed }: NewCredentialProps) => {
  const { credential } = connection.facts
  const hasEnd =
    credential.kind === 'present' && credential.form === 'client_secret' && credential.expiresAt !== null
  const words = wordsOfCredentials(reader.language)
  return (
    <form class="form mt-4" method="post" action={credentialHref(connection.id)} novalidate>
      <FlawSummary flaws={flaws} reader={reader} />
      <SecretFields flaws={flaws} reader={reader} typed={typed} />
      {hasEnd && <p class="text-ui text-ink-2">{words.noWarningWhy}</p>}
      <FormEnd cancelHref={connectionHref(connection.id)} reader={reader}>
        {words.storeSecret}
      </FormEnd>
    </form>
  )
}

const CertificateForm = ({ connection, flaws, reader }: NewCredentialProps) => {
  const words = wordsOfCredentials(reader.language)
  return (
    <form
      class="form mt-4"
      method="post"
      action={`${credentialHref(connection.id)}/certificate`}
      novalidate
      autocomplete="off"
    >
      <FlawSummary flaws={flaws} reader={reader} />
      <PemFields flaws={flaws} reader={reader} />
      <FormEnd cancelHref={connectionHref(connection.id)} reader={reader}>
        {words.storeCertificate}
      </FormEnd>
    </form>
  )
}

const MadeForm = ({ connection, reader }: NewCredentialProps) => {
  const { made } = wordsOfCredentials(reader.language)
  return (
    <form class="form mt-4" method="post" action={`${credentialHref(connection.id)}/generate`}>
      <p class="text-ui text-ink-2">{made.text}</p>
      <div class="form-end">
        <Button look="primary">{made.button}</Button>
      </div>
    </form>
  )
}
