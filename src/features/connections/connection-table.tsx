import { roleMay } from '../../access/index.ts'
import {
  Badge,
  Button,
  Cell,
  DataTable,
  HeadCell,
  ReadinessCell,
  Row,
  RowGroup,
} from '../../web/components/index.ts'
import type { Reader } from '../../web/index.ts'
import { connectionHref } from './at-hand.ts'
import {
  Ago,
  CredentialMarks,
  credentialWords,
  reasonWords,
  stepsOut,
  stepsToTry,
} from './connection-cells.tsx'
import type { Standing } from './connection-standing.ts'
import type { SeenConnection } from './connections.sql.ts'
import { connectionsWords } from './connections.words.ts'

export interface ListedConnection {
  readonly connection: SeenConnection
  readonly standing: Standing
}

interface TableProps {
  connections: readonly ListedConnection[]
  reader: Reader
  withTenant: boolean
}

/** Connections in rows: where each leads, how it stands, what comes next. */
export const ConnectionTable = ({ connections, reader, withTenant }: TableProps) => {
  const words = connectionsWords(reader.language)
  const { check, connection, consent, credential, readiness, tenant } = words.columns
  const labels = [connection, ...(withTenant ? [tenant] : []), readiness, consent, credential, check]
  return (
    <DataTable layout="plain" caption={words.title} columns={labels.map((label) => ({ label }))}>
      <RowGroup>
        {connections.map((one) => (
          <ConnectionRow {...one} reader={reader} withTenant={withTenant} />
        ))}
      </RowGroup>
    </DataTable>
  )
}

type RowProps = ListedConnection & { reader: Reader; withTenant: boolean }

const ConnectionRow = ({ connection, reader, standing, withTenant }: RowProps) => {
  const words = connectionsWords(reader.language)
  const { facts, id, lastCheckAt, tenant } = connection
  const credential = credentialWords(connection, reader)
  return (
    <Row>
      <HeadCell href={connectionHref(id)} number={<Marks connection={connection} reader={reader} />}>
        {facts.label}
      </HeadCell>
      {withTenant && (
        <Cell label={words.columns.tenant}>
          <a class="link-quiet" href={`/admin/t/${tenant.directoryId}`}>
            {tenant.name}
          </a>
        </Cell>
      )}
      <Cell>
        <StandingCell connection={connection} standing={standing} reader={reader} />
        <Choose connection={connection} reader={reader} />
      </Cell>
      <Cell label={words.columns.consent}>{words.consents[facts.consent]}</Cell>
      <Cell label={words.columns.credential}>
        <span>
          {credential.value}
          {credential.detail && <span class="sub block">{credential.detail}</span>}
          <CredentialMarks connection={connection} reader={reader} />
        </span>
      </Cell>
      <Cell label={words.columns.check}>
        {lastCheckAt ? <Ago at={lastCheckAt} reader={reader} /> : words.never}
      </Cell>
    </Row>
  )
}

const StandingCell = ({ connection, reader, standing }: ListedConnection & { reader: Reader }) => {
  const words = connectionsWords(reader.language)
  if (!standing.reason) {
    const [step] = standing.state === 'ready' ? [] : stepsToTry(connection, reader)
    return (
      <ReadinessCell
        state={standing.state}
        headline={standing.state === 'ready' ? words.ready : words.untriedHeadline}
        detail={words.readyDetail}
        {...(step && { nextStep: step })}
      />
    )
  }
  const chosenHere = standing.reason.code === 'provider_connection_default_missing' && mayChoose(connection)
  const [nextStep] = stepsOut(standing.reason, connection, reader)
  return (
    <ReadinessCell
      state={standing.state}
      headline={reasonWords(standing.reason, reader).label}
      {...(nextStep && !chosenHere && { nextStep })}
    />
  )
}

/** Default or disabled, beside the name. */
const Marks = ({ connection, reader }: { connection: SeenConnection; reader: Reader }) => {
  const words = connectionsWords(reader.language)
  return (
    <>
      {connection.isDefault && <Badge>{words.isDefault}</Badge>}{' '}
      {!connection.facts.isEnabled && <Badge>{words.disabled}</Badge>}
    </>
  )
}

const mayChoose = ({ defaultLabel, tenant }: SeenConnection) =>
  defaultLabel === null && tenant.state !== 'archived' && roleMay(tenant.role, 'tenant.providers.manage')

/** The way to a default where a tenant has none. */
const Choose = ({ connection, reader }: { connection: SeenConnection; reader: Reader }) => {
  const words = connectionsWords(reader.language)
  const { facts, id } = connection
  if (!mayChoose(connection)) return null
  return (
    <form class="mt-1.5" method="post" action={`${connectionHref(id)}/make-default`}>
      <Button small>
        <span aria-hidden="true">{words.makeDefault}</span>
        <span class="sr-only">{words.makeDefaultOf(facts.label)}</span>
      </Button>
    </form>
  )
}
