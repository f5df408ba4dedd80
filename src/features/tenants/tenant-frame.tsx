import type { Child } from 'hono/jsx'
import { PageHeader, StatePill, Tabs } from '../../web/components/index.ts'
import { type Reader, webWords } from '../../web/index.ts'
import { type Crumb, Page, type Shell } from '../../web/layout/index.ts'
import type { Readiness } from './readiness.ts'
import { tenantWords } from './tenant.words.ts'
import type { SeenTenant } from './tenants.sql.ts'

export type TenantTab = 'overview' | 'roles'

export interface TenantFrameProps {
  shell: Shell
  reader: Reader
  tenant: SeenTenant
  readiness: Readiness
  /** How many connections there are. */
  connections: number
  tab: TenantTab
  /** Below the tenant in the trail, such as one role definition under their list. */
  below?: string
  children: Child
}

export const tenantHref = ({ directoryId }: { directoryId: string }) => `/admin/t/${directoryId}`
export const roleDefinitionsHref = (tenant: { directoryId: string }) =>
  `${tenantHref(tenant)}/directory/role-definitions`

/** The frame of every page of one tenant: its name, its state, its tabs. */
export const TenantFrame = ({ below, children, readiness, tenant, ...props }: TenantFrameProps) => {
  const { connections, reader, shell, tab } = props
  const words = tenantWords(reader.language)
  const shared = webWords(reader.language)
  const elsewhere = shell.workspace.name !== tenant.workspaceName
  return (
    <Page
      shell={shell}
      title={[below, tab === 'roles' ? words.tabs.roles : null, tenant.name].filter(Boolean).join(' · ')}
      crumbs={crumbsOf({ reader, shell, tab, tenant, ...(below !== undefined && { below }) })}
      at="/admin/tenants"
    >
      <PageHeader
        title={tenant.name}
        pill={<StatePill state={readiness.state}>{shared.states[readiness.state]}</StatePill>}
        facts={[
          ...(tenant.domain ? [tenant.domain] : []),
          <>
            {words.directory} <span class="mono break-all">{tenant.directoryId}</span>
          </>,
          ...(tenant.provenAt ? [] : [words.notProven]),
          ...(elsewhere ? [words.inWorkspace(tenant.workspaceName)] : []),
        ]}
      />
      <Tabs
        label={tenant.name}
        tabs={[
          { href: tenantHref(tenant), label: words.tabs.overview, current: tab === 'overview' },
          { href: roleDefinitionsHref(tenant), label: words.tabs.roles, current: tab === 'roles' },
          { href: `/admin/operations?tenant=${tenant.directoryId}`, label: shared.operations },
          {
            href: `/admin/provider-connections?tenant=${tenant.directoryId}`,
            label: words.tabs.connections,
            count: connections,
          },
        ]}
      />
      {children}
    </Page>
  )
}

type Trail = Pick<TenantFrameProps, 'reader' | 'shell' | 'tab' | 'tenant' | 'below'>

function crumbsOf({ below, reader, shell, tab, tenant }: Trail): Crumb[] {
  const words = tenantWords(reader.language)
  const above = [
    { label: shell.workspace.name, href: '/admin' },
    { label: webWords(reader.language).nav.tenants, href: '/admin/tenants' },
  ]
  if (tab === 'overview') return [...above, { label: tenant.name }]
  const named = [...above, { label: tenant.name, href: tenantHref(tenant) }]
  if (below === undefined) return [...named, { label: words.tabs.roles }]
  return [...named, { label: words.tabs.roles, href: roleDefinitionsHref(tenant) }, { label: below }]
}
