import { roleMay } from '../../access/index.ts'
import { waitingStartsOfTenant } from '../../engine/waiting/index.ts'
import { parseDirectoryId } from '../../kernel/index.ts'
import {
  frameFor,
  nextHref,
  partAsked,
  partOf,
  personOf,
  problem,
  type Request,
  type Routes,
  representationFor,
  type StartEndpoint,
  type Web,
  workplaceOf,
} from '../../web/index.ts'
import { endingCredentials, readySpare } from '../connections/index.ts'
import { runsOf, runsOfTenant } from '../operations/index.ts'
import { changeTenantRoutes } from './change-tenant.pages.tsx'
import { newTenantRoutes } from './new-tenant.pages.tsx'
import { surroundingsOf, tenantInPath } from './one-tenant.ts'
import { Overview, OverviewPage } from './overview-page.tsx'
import { readinessOf } from './readiness.ts'
import { tenantJson } from './tenant-json.ts'
import { isShown, listTenants, matches, TENANT_SHOWS } from './tenant-list.ts'
import { TenantPage } from './tenant-page.tsx'
import { glances } from './tenants.sql.ts'
import { Tenants, TenantsPage } from './tenants-page.tsx'

/** The overview, the tenants of a workspace, one tenant and the starts from its page. */
export const tenantRoutes =
  (start: StartEndpoint): Routes =>
  (app, web) => {
    newTenantRoutes(app, web)
    changeTenantRoutes(app, web)

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

    app.get('/admin/tenants', (c) => {
      const form = representationFor(c, null)
      if (form === null) return problem(web, c, 'not_acceptable')
      return form === 'json' ? listForPrograms(web, c) : listPage(web, c)
    })

    app.get('/admin/t/:tenant', async (c) => {
      const form = representationFor(c, null)
      if (form === null) return problem(web, c, 'not_acceptable')
      const found = await tenantInPath(web, c)
      if (!found) return problem(web, c, 'not_found')
      const { forecast, tenant } = found
      const { actor } = personOf(c)
      const [glance] = await glances(web.db, tenant.workspaceId, actor, tenant.id)
      if (form === 'json' && glance)
        return c.json(tenantJson({ forecast, glance, readiness: readinessOf(forecast) }))
      const readiness = readinessOf(forecast)
      const [surroundings, runs, line, spare] = await Promise.all([
        surroundingsOf(web, c),
        runsOfTenant(web.db, tenant.id, actor, 8),
        waitingStartsOfTenant(web.db, tenant.id, actor),
        readiness.state === 'ready' || readiness.state === 'archived'
          ? null
          : readySpare(web.db, tenant.id, actor, web.gate),
      ])
      const props = {
        ...surroundings,
        reader: c.var.reader,
        tenant,
        forecast,
        glance,
        runs,
        line,
        spare,
        gate: web.gate,
      }
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

async function listPage(web: Web, c: Request) {
  const { workspace } = await workplaceOf(web, c)
  const { found, query, show, tenants } = await tenantsWanted(web, c)
  const mayAdd = roleMay(workspace.role, 'workspace.onboarding.manage')
  const operations = [...web.gate.supported]
  const props = { reader: c.var.reader, tenants, found, query, show, operations, mayAdd }
  if (c.req.header('hx-request')) return c.html(<Tenants {...props} />)
  return c.html(<TenantsPage shell={await frameFor(web, c)} {...props} />)
}

/** One part of the list, in the order in which the tenants were added, with the address of the next. */
async function listForPrograms(web: Web, c: Request) {
  const asked = partAsked(c, 'after', TENANT_SHOWS)
  if (!asked.ok) return problem(web, c, 'malformed', asked.issues)
  const { found, show } = await tenantsWanted(web, c)
  const shown = found.filter((tenant) => isShown(tenant, show))
  const { items, next } = partOf(shown, ({ glance }) => glance.id, asked.part)
  return c.json({
    tenants: items.map(tenantJson),
    ...(next !== null && { next: nextHref(c, 'after', next) }),
  })
}

/** The tenants in sight, those among them that the search found, and how the list is narrowed. */
async function tenantsWanted(web: Web, c: Request) {
  const { actor, workspace } = await workplaceOf(web, c)
  const tenants = await listTenants(web, workspace.id, actor)
  const query = (c.req.query('q') ?? '').trim().slice(0, 200)
  const show = TENANT_SHOWS.find((name) => name === c.req.query('show')) ?? 'all'
  const found = query ? tenants.filter((tenant) => matches(tenant, query)) : tenants
  return { tenants, found, query, show }
}
