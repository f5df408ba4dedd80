import { roleMay } from '../../access/index.ts'
import { parseDirectoryId } from '../../kernel/index.ts'
import {
  frameFor,
  personOf,
  problem,
  type Routes,
  representationFor,
  type StartEndpoint,
  workplaceOf,
} from '../../web/index.ts'
import { newTenantRoutes } from './new-tenant.pages.tsx'
import { tenantInPath } from './one-tenant.ts'
import { OverviewPage } from './overview-page.tsx'
import { runsOfTenant, runsOfWorkspace } from './recent-runs.sql.ts'
import { tenantHref } from './tenant-frame.tsx'
import { isShown, type ListedTenant, listTenants, matches, TENANT_SHOWS } from './tenant-list.ts'
import { TenantPage } from './tenant-page.tsx'
import { glances } from './tenants.sql.ts'
import { TenantsPage } from './tenants-page.tsx'

/** The overview, the tenants of a workspace, one tenant and the starts from its page. */
export const tenantRoutes =
  (start: StartEndpoint): Routes =>
  (app, web) => {
    newTenantRoutes(app, web)

    app.get('/admin', async (c) => {
      const { actor, workspace } = await workplaceOf(web, c)
      const [shell, tenants, atWork, ended] = await Promise.all([
        frameFor(web, c),
        listTenants(web, workspace.id, actor),
        runsOfWorkspace(web.db, workspace.id, actor, 'at_work', 5),
        runsOfWorkspace(web.db, workspace.id, actor, 'ended', 6),
      ])
      const mayAdd = roleMay(workspace.role, 'workspace.onboarding.manage')
      const props = { shell, reader: c.var.reader, tenants, atWork, ended, mayAdd }
      return c.html(<OverviewPage {...props} />)
    })

    app.get('/admin/tenants', async (c) => {
      const form = representationFor(c, null)
      if (form === null) return problem(web, c, 'not_acceptable')
      const { actor, workspace } = await workplaceOf(web, c)
      const tenants = await listTenants(web, workspace.id, actor)
      const query = (c.req.query('q') ?? '').trim().slice(0, 200)
      const show = TENANT_SHOWS.find((name) => name === c.req.query('show')) ?? 'all'
      const found = query ? tenants.filter((tenant) => matches(tenant, query)) : tenants
      if (form === 'json')
        return c.json({ tenants: found.filter((tenant) => isShown(tenant, show)).map(asJson) })
      return c.html(
        <TenantsPage
          shell={await frameFor(web, c)}
          reader={c.var.reader}
          tenants={tenants}
          found={found}
          query={query}
          show={show}
          operations={[...web.gate.supported]}
          mayAdd={roleMay(workspace.role, 'workspace.onboarding.manage')}
        />,
      )
    })

    app.get('/admin/t/:tenant', async (c) => {
      const found = await tenantInPath(web, c)
      if (!found) return problem(web, c, 'not_found')
      const { forecast, tenant } = found
      const { actor } = personOf(c)
      const [shell, [glance], runs] = await Promise.all([
        frameFor(web, c),
        glances(web.db, tenant.workspaceId, actor, tenant.id),
        runsOfTenant(web.db, tenant.id, actor, 8),
      ])
      const props = { shell, reader: c.var.reader, tenant, forecast, glance, runs, gate: web.gate }
      return c.html(<TenantPage {...props} />)
    })

    app.post('/admin/t/:tenant/provider-actions/:operation/start', (c) => {
      const directoryId = parseDirectoryId(c.req.param('tenant'))
      return start(c, {
        surface: 'tenant',
        operation: c.req.param('operation'),
        target: directoryId && { kind: 'directory', directoryId },
      })
    })
  }

const asJson = ({ forecast: { ground }, glance, readiness }: ListedTenant) => ({
  id: ground.tenant.directoryId,
  name: ground.tenant.name,
  domain: glance.domain,
  state: ground.tenant.state,
  readiness: readiness.state,
  href: tenantHref(ground.tenant),
})
