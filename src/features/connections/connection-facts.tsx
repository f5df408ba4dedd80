import { AsidePart, Badge, CopyButton, type Fact, Facts, Time } from '../../web/components/index.ts'
import { type Reader, runHref, webWords } from '../../web/index.ts'
import { connectionHref } from './at-hand.ts'
import { connectionWords } from './connection.words.ts'
import { Ago, credentialWords } from './connection-cells.tsx'
import type { SeenConnection } from './connections.sql.ts'
import { connectionsWords } from './connections.words.ts'

/** What is stored about a connection, beside its page. */
export const ConnectionFactsAside = (props: { connection: SeenConnection; reader: Reader }) => (
  <AsidePart title={connectionWords(props.reader.language).about}>
    <Facts facts={[...appFacts(props), ...stateFacts(props)]} />
  </AsidePart>
)

type Props = { connection: SeenConnection; reader: Reader }

function appFacts({ connection, reader }: Props): Fact[] {
  const { facts: words, ...said } = connectionWords(reader.language)
  const { clientId, facts, tenant } = connection
  const elsewhere = facts.directoryId !== tenant.directoryId
  return [
    {
      label: words.tenant,
      value: (
        <a class="link" href={`/admin/t/${tenant.directoryId}`}>
          {tenant.name}
        </a>
      ),
    },
    {
      label: words.directory,
      value: <span class="mono">{facts.directoryId}</span>,
      ...(elsewhere && {
        detail: (
          <Badge tone="act" mark="blocked">
            {words.otherDirectory}
          </Badge>
        ),
      }),
    },
    {
      label: words.client,
      value: <span class="mono">{clientId}</span>,
      detail: <CopyButton text={clientId} label={said.copy} copied={said.copied} />,
    },
    { label: words.type, value: connectionsWords(reader.language).types[facts.type] },
  ]
}

function stateFacts({ connection, reader }: Props): Fact[] {
  const { facts: words, neverChecked } = connectionWords(reader.language)
  const { createdAt, facts, lastCheckAt, lastCheckRunId } = connection
  const { detail, value } = credentialWords(connection, reader)
  const run = lastCheckRunId !== null && (
    <a class="link" href={runHref(lastCheckRunId)}>
      {webWords(reader.language).operationNumber(lastCheckRunId)}
    </a>
  )
  return [
    { label: words.credential, value, ...(detail !== undefined && { detail }) },
    {
      label: words.consent,
      value: (
        <a class="link" href={`${connectionHref(connection.id)}/consent`}>
          {connectionsWords(reader.language).consents[facts.consent]}
        </a>
      ),
    },
    {
      label: words.check,
      value: lastCheckAt ? <Ago at={lastCheckAt} reader={reader} /> : neverChecked,
      ...(run && { detail: run }),
    },
    {
      label: words.created,
      value: (
        <Time at={createdAt} exact={reader.exact(createdAt)}>
          {reader.say.date(createdAt.toISOString())}
        </Time>
      ),
    },
  ]
}
