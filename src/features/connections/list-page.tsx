import { roleMay } from '../../access/index.ts'
import {
  Badge,
  Button,
  Cell,
  DataTable,
  DeniedButton,
  EmptyState,
  FilterBar,
  HeadCell,
  LinkButton,
  PageHeader,
  ReadinessCell,
  Row,
  RowGroup,
} from '../../web/components/index.ts'
import type { Reader } from '../../web/index.ts'
import { type Crumb, Page, type Shell } from '../../web/layout/index.ts'
import { CONNECTIONS, connectionHref, newConnectionHref } from './at-hand.ts'
import { Ago, credentialWords, reasonWords, stepsOut, whoCan } from './connection-cells.tsx'
import type { Standing } from './connection-standing.ts'
import type { SeenConnection, SeenTenant } from './connections.sql.ts'
import { connectionsWords } from './connections.words.ts'

export const CONNECTION_SHOWS = ['all', 'attention', 'ready'] as const
export type ConnectionShow = (typeof CONNECTION_SHOWS)[number]

export interface ListedConnection {
  readonly connection: SeenConnection
  readonly standing: Standing
}

interface ListPageProps {
  shell: Shell
  reader: Reader
  connections: readonly ListedConnection[]
  show: ConnectionShow
  /** The one tenant that the list is narrowed to. */
  tenant: SeenTenant | null
  mayAdd: boolean
}

/** The connections of a workspace or of one tenant. */
export const ListPage = ({ connections, mayAdd, reader, shell, show, tenant }: ListPageProps) => {
  const words = connectionsWords(reader.language)
  const shown = connections.filter((one) => isShown(one, show))
  const all = connections.length
  const count = (name: ConnectionShow) => connections.filter((one) => isShown(one, name)).length
  const lead = words.lead(count('ready'), all, count('attention'))
  return (
    <Page
      shell={shell}
      title={tenant ? `${words.title} · ${tenant.name}` : words.title}
      crumbs={crumbsOf(shell, reader, tenant)}
      at={CONNECTIONS}
    >
      <PageHeader
        title={words.title}
        {...(all > 0 && { lead })}
        {...(tenant && { facts: [tenantLink(tenant)] })}
      >
        <AddButton mayAdd={mayAdd} reader={reader} tenant={tenant} />
      </PageHeader>
      {(all > 0 || tenant) && (
        <FilterBar
          label={words.filter}
          chips={[
            ...CONNECTION_SHOWS.map((name) => ({
              href: showHref(name, tenant),
              label: words.show[name],
              count: reader.count(count(name)),
              on: name === show,
            })),
            ...(tenant ? [{ href: CONNECTIONS, label: words.otherTenants }] : []),
          ]}
        />
      )}
      {shown.length > 0 ? (
        <ConnectionTable connections={shown} reader={reader} withTenant={!tenant} />
      ) : (
        <Empty filtered={all > 0} reader={reader} tenant={tenant} />
      )}
    </Page>
  )
}

function isShown({ standing }: ListedConnection, show: ConnectionShow): boolean {
  if (show === 'all') return true
  if (show === 'ready') return standing.state === 'ready'
  return standing.state !== 'ready' && standing.state !== 'archived'
}

function showHref(show: ConnectionShow, tenant: SeenTenant | null): string {
  const query = new URLSearchParams({
    ...(tenant && { tenant: tenant.directoryId }),
    ...(show !== 'all' && { show }),
  }).toString()
  return query ? `${CONNECTIONS}?${query}` : CONNECTIONS
}

const tenantLink = ({ directoryId, name }: SeenTenant) => (
  <a class="link" href={`/admin/t/${directoryId}`}>
    {name}
  </a>
)

function crumbsOf(shell: Shell, { language }: Reader, tenant: SeenTenant | null): Crumb[] {
  const { title } = connectionsWords(language)
  const home = { label: shell.workspace.name, href: '/admin' }
  if (!tenant) return [home, { label: title }]
  return [home, { label: title, href: CONNECTIONS }, { label: tenant.name }]
}

const AddButton = ({ mayAdd, reader, tenant }: Pick<ListPageProps, 'mayAdd' | 'reader' | 'tenant'>) => {
  const { add } = connectionsWords(reader.language)
  if (!mayAdd)
    return (
      <DeniedButton id="add-connection" why={whoCan('tenant.providers.manage', reader)}>
        {add}
      </DeniedButton>
    )
  return (
    <LinkButton href={newConnectionHref(tenant?.directoryId ?? null)} look="primary">
      {add}
    </LinkButton>
  )
}

const Empty = ({
  filtered,
  reader,
  tenant,
}: {
  filtered: boolean
  reader: Reader
  tenant: SeenTenant | null
}) => {
  const { empty } = connectionsWords(reader.language)
  if (!filtered)
    return (
      <div class="mt-6">
        <EmptyState title={empty.title} text={empty.text} />
      </div>
    )
  return (
    <div class="mt-6">
      <EmptyState title={empty.title_filtered} text={empty.text_filtered}>
        <LinkButton href={showHref('all', tenant)}>{empty.all}</LinkButton>
      </EmptyState>
    </div>
  )
}

interface TableProps {
  connections: readonly ListedConnection[]
  reader: Reader
  withTenant: boolean
}

const ConnectionTable = ({ connections, reader, withTenant }: TableProps) => {
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
  if (!standing.reason)
    return <ReadinessCell state={standing.state} headline={words.ready} detail={words.readyDetail} />
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
