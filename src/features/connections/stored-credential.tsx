import { thumbprintsOf } from '../../providers/index.ts'
import { CopyButton, type Fact, Facts, SubHeading, Time } from '../../web/components/index.ts'
import type { Reader } from '../../web/index.ts'
import { credentialHref } from './at-hand.ts'
import { Ago } from './connection-cells.tsx'
import type { SeenConnection } from './connections.sql.ts'
import { connectionsWords } from './connections.words.ts'
import { wordsOfCredentials } from './credential.words.ts'
import type { StoredCredential } from './credentials.sql.ts'

interface StoredProps {
  connection: SeenConnection
  stored: StoredCredential
  reader: Reader
}

/** What may be shown of a stored credential; of a certificate its thumbprints and its public part. */
export const StoredFacts = ({ connection, reader, stored }: StoredProps) => {
  const { facts: words, noExpiry, noWarning } = wordsOfCredentials(reader.language)
  const { certificate, expiresAt, kind, storedAt } = stored
  const facts: Fact[] = [
    { label: words.kind, value: connectionsWords(reader.language).kinds[kind] },
    {
      label: words.expires,
      value: expiresAt ? (
        <Time at={expiresAt} exact={reader.exact(expiresAt)}>
          {reader.say.time(expiresAt.toISOString())}
        </Time>
      ) : (
        noExpiry
      ),
      detail: expiresAt ? reader.ago(expiresAt, connection.at) : noWarning,
    },
    { label: words.stored, value: <Ago at={storedAt} reader={reader} /> },
    ...(certificate === null ? [] : certificateFacts({ connection, reader, stored }, certificate)),
  ]
  return (
    <div class="mt-4">
      <Facts facts={facts} />
    </div>
  )
}

function certificateFacts({ connection, reader, stored }: StoredProps, certificate: string): Fact[] {
  const words = wordsOfCredentials(reader.language)
  const { sha1, sha256 } = thumbprintsOf(certificate)
  const shown = (thumbprint: string) => ({
    value: <span class="mono break-all">{thumbprint}</span>,
    detail: <CopyButton text={thumbprint} label={words.copy} copied={words.copied} />,
  })
  const download = (form: 'cer' | 'pem') => (
    <a
      class="link"
      href={`${credentialHref(connection.id)}/certificate?slot=${stored.slot}&form=${form}`}
      download={`tenantpilot-${connection.id}.${form}`}
    >
      {words.download(form)}
    </a>
  )
  return [
    { label: words.facts.sha1, ...shown(sha1) },
    { label: words.facts.sha256, ...shown(sha256) },
    {
      label: words.facts.public,
      value: (
        <>
          {download('cer')} · {download('pem')}
        </>
      ),
    },
  ]
}

/** Where the public part of a certificate is uploaded at Microsoft, step by step. */
export const UploadSteps = ({ connection, reader }: Omit<StoredProps, 'stored'>) => {
  const { upload } = wordsOfCredentials(reader.language)
  return (
    <>
      <SubHeading>{upload.title}</SubHeading>
      <ol class="list-decimal ps-5 text-ui text-ink-2 grid gap-1 max-w-[38rem]">
        {upload.steps(connection.clientId).map((step) => (
          <li>{step}</li>
        ))}
      </ol>
    </>
  )
}
