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
import { endingCredentials } from '../connections/index.ts'
import { runsOf, runsOfTenant } from '../operations/index.ts'
import { newTenantRoutes } from './new-tenant.pages.tsx'
import { surroundingsOf, tenantInPath } from './one-tenant.ts'
import { Overview, OverviewPage } from './overview-page.tsx'
import { tenantHref } from './tenant-frame.tsx'
import { isShown, type ListedTenant, listTenants, matches, TENANT_SHOWS } from './tenant-list.ts'
import { TenantPage } from './tenant-page.tsx'
import { glances } from './tenants.sql.ts'
import { Tenants, TenantsPage } from './tenants-page.tsx'

/** The overview, the tenants of a workspace, one tenant and the starts from its page. */
export const tenantRoutes =
  (start: StartEndpoint): Routes =>
  (app, web) => {
    newTenantRoutes(app, web)

    app.get('/admin', async (c) => {
      const { actor, workspace } = await workplaceOf(web, c)
      const [tenants, atWork, ended, ending] = await Promise.all([
        listTenants(web, workspace.id, actor),
        runsOf(web.db, workspace.id, actor, { show: 'active', limit: 5 }),
        runsOf(web.db, workspace.id, actor, { show: 'ended', limit: 6 }),
        endingCredentials(web.db, workspace.id, actor),
      ])
      const mayAdd = roleMay(workspace.role, 'workspace.onboarding.manage')
      const props = { reader: c.var.reader, tenants, atWork, ended, ending, mayAdd }
      if (c.req.header('hx-request')) return c.html(<Overview {...props} />)
      return c.html(<OverviewPage shell={await frameFor(web, c)} {...props} />)
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
      const mayAdd = roleMay(workspace.role, 'workspace.onboarding.manage')
      const operations = [...web.gate.supported]
      const props = { reader: c.var.reader, tenants, found, query, show, operations, mayAdd }
      if (c.req.header('hx-request')) return c.html(<Tenants {...props} />)
      return c.html(<TenantsPage shell={await frameFor(web, c)} {...props} />)
    })

    app.get('/admin/t/:tenant', async (c) => {
      const found = await tenantInPath(web, c)
      if (!found) return problem(web, c, 'not_found')
      const { forecast, tenant } = found
      const { actor } = personOf(c)
      const [surroundings, [glance], runs] = await Promise.all([
        surroundingsOf(web, c),
        glances(web.db, tenant.workspaceId, actor, tenant.id),
        runsOfTenant(web.db, tenant.id, actor, 8),
      ])
      const props = { ...surroundings, reader: c.var.reader, tenant, forecast, glance, runs, gate: web.gate }
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
