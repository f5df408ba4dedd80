import type { Child } from 'hono/jsx'
import type { OperationCode } from '../../engine/catalog/index.ts'
import { Live, PageHeader, StatePill, Tabs } from '../../web/components/index.ts'
import { type Reader, webWords } from '../../web/index.ts'
import { type Crumb, Page, type Shell } from '../../web/layout/index.ts'
import { type Readiness, shownState } from './readiness.ts'
import { tenantWords } from './tenant.words.ts'
import type { SeenTenant } from './tenants.sql.ts'

export type TenantTab = 'overview' | 'roles' | 'groups' | 'inventory' | 'compliance'

/** What surrounds a tenant's page: nothing but its workspace's name where the page only renews itself. */
export interface Surroundings {
  shell: Shell | null
  /** The name of the workspace that the reader works in. */
  workspace: string
}

export interface TenantFrameProps extends Surroundings {
  reader: Reader
  tenant: SeenTenant
  readiness: Readiness
  /** How many connections there are. */
  connections: number
  tab: TenantTab
  /** The address of this very page. */
  href: string
  /** Whether something is at work on the tenant's directory: then the page keeps itself fresh. */
  moves: boolean
  children: Child
}

export const tenantHref = ({ directoryId }: { directoryId: string }) => `/admin/t/${directoryId}`
const roleDefinitionsHref = (tenant: { directoryId: string }) =>
  `${tenantHref(tenant)}/directory/role-definitions`

const groupsHref = (tenant: { directoryId: string }) => `${tenantHref(tenant)}/directory/groups`
const inventoryHref = (tenant: { directoryId: string }) => `${tenantHref(tenant)}/inventory`

/** Where it stands how a tenant's devices comply. */
export const complianceHref = (tenant: { directoryId: string }) => `${tenantHref(tenant)}/compliance`

/** Where an operation is started for a tenant. */
export const startHref = (tenant: { directoryId: string }, operation: OperationCode) =>
  `${tenantHref(tenant)}/provider-actions/${operation}/start`

/** A page of one tenant, in its frame or as the part that renews itself. */
export const TenantFrame = ({ shell, ...props }: TenantFrameProps) => {
  const { reader, tab, tenant } = props
  if (!shell) return <TenantBody {...props} />
  const { tabs } = tenantWords(reader.language)
  return (
    <Page
      shell={shell}
      title={tab === 'overview' ? tenant.name : `${tabs[tab]} · ${tenant.name}`}
      crumbs={crumbsOf(props)}
      at="/admin/tenants"
    >
      <TenantBody {...props} />
    </Page>
  )
}

type BodyProps = Omit<TenantFrameProps, 'shell'>

/** What every page of one tenant has: its name, its state, its tabs; alive while something is at work. */
const TenantBody = ({ children, href, moves, readiness, tenant, ...props }: BodyProps) => {
  const { connections, reader, tab, workspace } = props
  const words = tenantWords(reader.language)
  const shared = webWords(reader.language)
  const state = shownState(readiness, tenant)
  return (
    <Live id="tenant" href={href} rests={!moves}>
      <PageHeader
        title={tenant.name}
        pill={<StatePill state={state}>{shared.states[state]}</StatePill>}
        facts={[
          ...(tenant.domain ? [tenant.domain] : []),
          <>
            {words.directory} <span class="mono break-all">{tenant.directoryId}</span>
          </>,
          ...(tenant.provenAt ? [] : [tenant.conflictedAt ? words.conflicted : words.notProven]),
          ...(workspace === tenant.workspaceName ? [] : [words.inWorkspace(tenant.workspaceName)]),
        ]}
      />
      <Tabs
        label={tenant.name}
        tabs={[
          { href: tenantHref(tenant), label: words.tabs.overview, current: tab === 'overview' },
          { href: roleDefinitionsHref(tenant), label: words.tabs.roles, current: tab === 'roles' },
          { href: groupsHref(tenant), label: words.tabs.groups, current: tab === 'groups' },
          { href: inventoryHref(tenant), label: words.tabs.inventory, current: tab === 'inventory' },
          { href: complianceHref(tenant), label: words.tabs.compliance, current: tab === 'compliance' },
          { href: `/admin/operations?tenant=${tenant.directoryId}`, label: shared.operations },
          {
            href: `/admin/provider-connections?tenant=${tenant.directoryId}`,
            label: words.tabs.connections,
            count: connections,
          },
        ]}
      />
      {children}
    </Live>
  )
}

function crumbsOf({ reader, tab, tenant, workspace }: BodyProps): Crumb[] {
  const words = tenantWords(reader.language)
  const above = [
    { label: workspace, href: '/admin' },
    { label: webWords(reader.language).nav.tenants, href: '/admin/tenants' },
  ]
  if (tab === 'overview') return [...above, { label: tenant.name }]
  return [...above, { label: tenant.name, href: tenantHref(tenant) }, { label: words.tabs[tab] }]
}
