import type { OperationCode } from '../../engine/catalog/index.ts'
import {
  AgesHead,
  DataTable,
  EmptyState,
  FilterBar,
  type FilterChipProps,
  GroupHeading,
  LinkButton,
  Live,
  type MarkName,
  NextStepLink,
  PageHeader,
  RowGroup,
} from '../../web/components/index.ts'
import type { Reader } from '../../web/index.ts'
import { Page, type Shell } from '../../web/layout/index.ts'
import { Duty, NoTenants } from './duty.tsx'
import {
  groupOf,
  isShown,
  type ListedTenant,
  TENANT_GROUPS,
  TENANT_SHOWS,
  type TenantShow,
} from './tenant-list.ts'
import { TenantRow } from './tenant-rows.tsx'
import { tenantsWords } from './tenants.words.ts'

interface TenantsProps {
  reader: Reader
  /** All tenants that the reader sees in the workspace. */
  tenants: readonly ListedTenant[]
  /** Those among them that the search found. */
  found: readonly ListedTenant[]
  query: string
  show: TenantShow
  operations: readonly OperationCode[]
  mayAdd: boolean
}

/** The tenants of a workspace in their frame. */
export const TenantsPage = ({ shell, ...props }: TenantsProps & { shell: Shell }) => {
  const words = tenantsWords(props.reader.language)
  return (
    <Page
      shell={shell}
      title={words.tenants}
      crumbs={[{ label: shell.workspace.name, href: '/admin' }, { label: words.tenants }]}
      at="/admin/tenants"
    >
      <Tenants {...props} />
    </Page>
  )
}

/** The tenants of a workspace, grouped by what needs a hand; alive while something is at work in one. */
export const Tenants = (props: TenantsProps) => {
  const { found, mayAdd, query, reader, show, tenants } = props
  const words = tenantsWords(reader.language)
  const moves = tenants.some(({ glance }) => glance.atWork !== null)
  return (
    <Live id="tenants" href={addressOf(query, show)} seconds={3} rests={!moves}>
      <PageHeader
        title={words.tenants}
        {...(tenants.length > 0 && { lead: <Duty tenants={tenants} reader={reader} /> })}
      >
        {mayAdd && tenants.length > 0 && (
          <LinkButton href="/admin/tenants/new" look="primary">
            {words.addTenant}
          </LinkButton>
        )}
      </PageHeader>
      {tenants.length === 0 ? (
        <div class="mt-4">
          <NoTenants mayAdd={mayAdd} reader={reader} />
        </div>
      ) : (
        <>
          <FilterBar
            label={words.show}
            chips={chipsOf(found, query, show, reader)}
            {...(query && { freshness: <Searched query={query} show={show} reader={reader} /> })}
          />
          <Groups {...props} found={found.filter((tenant) => isShown(tenant, show))} />
        </>
      )}
    </Live>
  )
}

const MARKS: Readonly<Partial<Record<TenantShow, MarkName>>> = {
  blocked: 'not_ready',
  partly: 'partly_ready',
  ready: 'ready',
  running: 'running',
}

function chipsOf(
  found: readonly ListedTenant[],
  query: string,
  current: TenantShow,
  reader: Reader,
): FilterChipProps[] {
  const { chips } = tenantsWords(reader.language)
  return TENANT_SHOWS.map((show) => {
    const mark = MARKS[show]
    return {
      href: addressOf(query, show),
      label: chips[show],
      count: found.filter((tenant) => isShown(tenant, show)).length,
      on: show === current,
      ...(mark && { mark }),
    }
  })
}

/** The list's address for a search and a filter; what is usual is left out. */
function addressOf(query: string, show: TenantShow): string {
  const wanted = new URLSearchParams({ ...(query && { q: query }), ...(show !== 'all' && { show }) })
  return wanted.size > 0 ? `/admin/tenants?${wanted}` : '/admin/tenants'
}

interface SearchedProps {
  query: string
  show: TenantShow
  reader: Reader
}

const Searched = ({ query, reader, show }: SearchedProps) => {
  const words = tenantsWords(reader.language)
  return (
    <>
      <span>{words.found(query)}</span>
      <a class="link" href={addressOf('', show)}>
        {words.clearSearch}
      </a>
    </>
  )
}

const Groups = ({ found, operations, query, reader }: TenantsProps) => {
  const words = tenantsWords(reader.language)
  const { columns } = words
  if (found.length === 0)
    return (
      <div class="mt-4">
        <EmptyState title={words.noMatch.title} text={words.noMatch.text(query)}>
          <NextStepLink href="/admin/tenants" text={words.noMatch.clear} />
        </EmptyState>
      </div>
    )
  const labels = operations.map((code) => words.ages[code])
  return (
    <DataTable
      layout="tenants"
      caption={words.tenants}
      columns={[
        { label: columns.tenant },
        { label: columns.readiness },
        { label: columns.runs },
        { label: <AgesHead title={columns.lastSuccess} labels={labels} /> },
      ]}
    >
      {TENANT_GROUPS.map((group) => {
        const members = found.filter((tenant) => groupOf(tenant) === group)
        const { hint, title } = words.groups[group]
        return (
          members.length > 0 && (
            <RowGroup>
              <GroupHeading span={4} title={title} count={members.length} hint={hint} />
              {members.map((tenant) => (
                <TenantRow tenant={tenant} reader={reader} operations={operations} />
              ))}
            </RowGroup>
          )
        )
      })}
    </DataTable>
  )
}
