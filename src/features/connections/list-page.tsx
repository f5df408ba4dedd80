import {
  DeniedButton,
  EmptyState,
  FilterBar,
  LinkButton,
  PageHeader,
  Pagination,
} from '../../web/components/index.ts'
import { type Reader, type Turn, turnTo, type WantedTurn } from '../../web/index.ts'
import { type Crumb, Page, type Shell } from '../../web/layout/index.ts'
import { CONNECTIONS, newConnectionHref } from './at-hand.ts'
import { whoCan } from './connection-cells.tsx'
import { ConnectionTable, type ListedConnection } from './connection-table.tsx'
import type { SeenConnection, SeenTenant } from './connections.sql.ts'
import { connectionsWords } from './connections.words.ts'
import { expiryStep } from './expiry.ts'

export const CONNECTION_SHOWS = ['all', 'attention', 'ending', 'ready'] as const
export type ConnectionShow = (typeof CONNECTION_SHOWS)[number]

interface ListPageProps {
  shell: Shell
  reader: Reader
  connections: readonly ListedConnection[]
  show: ConnectionShow
  /** Which page of them. */
  wanted: WantedTurn
  /** The one tenant that the list is narrowed to. */
  tenant: SeenTenant | null
  mayAdd: boolean
}

/** The connections of a workspace or of one tenant. */
export const ListPage = ({ connections, mayAdd, reader, shell, show, tenant, wanted }: ListPageProps) => {
  const words = connectionsWords(reader.language)
  const shown = connections.filter((one) => isShown(one, show))
  const turn = turnTo(shown, ({ connection }) => connection.id, wanted, PAGE)
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
        {tenant?.state !== 'archived' && <AddButton mayAdd={mayAdd} reader={reader} tenant={tenant} />}
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
        <>
          <ConnectionTable connections={turn.items} reader={reader} withTenant={!tenant} />
          {turn.of > PAGE && <Pages turn={turn} reader={reader} href={showHref(show, tenant)} />}
        </>
      ) : (
        <Empty filtered={all > 0} reader={reader} tenant={tenant} />
      )}
    </Page>
  )
}

/** Whether a connection stays when the list is narrowed. */
export function isShown({ connection, standing }: ListedConnection, show: ConnectionShow): boolean {
  if (show === 'all') return true
  if (show === 'ending') return endsSoon(connection)
  if (show === 'ready') return standing.state === 'ready'
  return standing.state !== 'ready' && standing.state !== 'archived'
}

const endsSoon = ({ at, facts, tenant }: SeenConnection): boolean =>
  tenant.state !== 'archived' &&
  facts.isEnabled &&
  facts.type === 'dedicated' &&
  facts.credential.kind === 'present' &&
  facts.credential.rejectedAt === null &&
  expiryStep(facts.credential.expiresAt, at) !== null
const PAGE = 50

interface PagesProps {
  turn: Turn<ListedConnection>
  reader: Reader
  /** The list as it is narrowed. */
  href: string
}

const Pages = ({ href, reader, turn }: PagesProps) => {
  const { pages } = connectionsWords(reader.language)
  const at = (way: string) => `${href}${href.includes('?') ? '&' : '?'}${way}`
  return (
    <Pagination
      label={pages.label}
      words={{ newer: pages.previous, older: pages.next }}
      newer={turn.before === null ? undefined : at(`before=${turn.before}`)}
      older={turn.after === null ? undefined : at(`after=${turn.after}`)}
      summary={pages.summary(turn.from, turn.from + turn.items.length - 1, turn.of)}
    />
  )
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
