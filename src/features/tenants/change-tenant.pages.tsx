import { roleMay } from '../../access/index.ts'
import {
  forbidden,
  frameFor,
  personOf,
  problem,
  type Request,
  type Routes,
  readBody,
  representationFor,
  type Web,
} from '../../web/index.ts'
import { ArchivePage, ReactivatePage } from './archive-pages.tsx'
import { bringBack } from './bring-back.ts'
import { archiveTenant, type By, renameTenant } from './change-tenant.sql.ts'
import { EditTenantPage } from './edit-tenant-page.tsx'
import { readCalled, type TenantFlaws, type TenantInput, tenantInput } from './new-tenant.ts'
import { newTenantWords } from './new-tenant.words.ts'
import { type TenantAtHand, tenantInPath } from './one-tenant.ts'
import { readinessOf } from './readiness.ts'
import { tenantHref } from './tenant-frame.tsx'
import { tenantJson } from './tenant-json.ts'
import { glances, runAtWork } from './tenants.sql.ts'

const ONE = '/admin/t/:tenant'
const REFUSED = { unsupported: 'unsupported_media_type', too_large: 'too_large' } as const

/** Everything that changes a tenant: what it is called, and whether it is archived. */
export const changeTenantRoutes: Routes = (app, web) => {
  app.get(`${ONE}/edit`, async (c) => {
    const at = await permitted(web, c, 'tenant.update')
    if (!at.ok) return at.answer
    return editPage(web, c, at.found, storedAs(at.found), {})
  })

  app.post(ONE, async (c) => {
    const at = await permitted(web, c, 'tenant.update')
    if (!at.ok) return at.answer
    const body = await readBody(c)
    if (body.kind === 'unreadable')
      return problem(web, c, 'malformed', [{ pointer: '', detail: body.detail }])
    if (body.kind !== 'fields') return problem(web, c, REFUSED[body.kind])
    const stored = storedAs(at.found)
    const input = tenantInput(isForm(c) ? body.fields : { ...stored, ...body.fields })
    const read = readCalled(input)
    if (!read.ok) return refused(web, c, at.found, input, read.flaws)
    await renameTenant(web.db, at.found.tenant.id, byOf(c), read.called)
    return done(web, c)
  })

  app.get(`${ONE}/archive`, async (c) => {
    const at = await permitted(web, c, 'tenant.archive')
    if (!at.ok) return at.answer
    const { forecast, tenant } = at.found
    if (forecast.ground.tenant.state === 'archived') return c.redirect(tenantHref(tenant), 303)
    const run = await runAtWork(web.db, tenant)
    const props = { shell: await frameFor(web, c), reader: c.var.reader, tenant, forecast, run }
    return c.html(<ArchivePage {...props} />)
  })

  app.post(`${ONE}/archive`, async (c) => {
    const at = await permitted(web, c, 'tenant.archive')
    if (!at.ok) return at.answer
    const { tenant } = at.found
    const run = await runAtWork(web.db, tenant)
    await archiveTenant(web.db, tenant.id, byOf(c), run?.id ?? null)
    return done(web, c)
  })

  app.get(`${ONE}/reactivate`, async (c) => {
    const at = await permitted(web, c, 'tenant.reactivate', 'archived')
    if (!at.ok) return at.answer
    const { forecast, tenant } = at.found
    if (forecast.ground.tenant.state !== 'archived') return c.redirect(tenantHref(tenant), 303)
    const props = { shell: await frameFor(web, c), reader: c.var.reader, tenant, forecast }
    return c.html(<ReactivatePage {...props} />)
  })

  app.post(`${ONE}/reactivate`, async (c) => {
    const at = await permitted(web, c, 'tenant.reactivate', 'archived')
    if (!at.ok) return at.answer
    await bringBack(web.db, at.found.tenant, byOf(c))
    return done(web, c)
  })
}

type Deed = 'tenant.update' | 'tenant.archive' | 'tenant.reactivate'
type Permitted =
  | { readonly ok: true; readonly found: TenantAtHand }
  | { readonly ok: false; readonly answer: Response | Promise<Response> }

/** The tenant of the path, for somebody who may change it; otherwise 404, or 403 with its record. */
async function permitted(
  web: Web,
  c: Request,
  action: Deed,
  first: 'operated' | 'archived' = 'operated',
): Promise<Permitted> {
  const found = await tenantInPath(web, c, first)
  if (!found) return { ok: false, answer: problem(web, c, 'not_found') }
  const { id, role, workspaceId } = found.tenant
  if (roleMay(role, 'workspace.onboarding.manage')) return { ok: true, found }
  const deed = { action, targetKind: 'tenant', targetId: String(id), workspaceId }
  return { ok: false, answer: forbidden(web, c, deed) }
}

const byOf = (c: Request): By => ({ actor: personOf(c).actor, correlationId: c.var.correlationId })

/** A program may leave out what shall stay; a form sends everything, and an emptied field is empty. */
const isForm = (c: Request) => (c.req.header('content-type') ?? '').toLowerCase().includes('urlencoded')

const storedAs = ({ tenant }: TenantAtHand): TenantInput => ({
  name: tenant.name,
  directoryId: tenant.directoryId,
  domain: tenant.domain ?? '',
})

/** Back to the tenant; a program gets it as it is now. */
async function done(web: Web, c: Request): Promise<Response> {
  const found = await tenantInPath(web, c)
  if (!found) return problem(web, c, 'not_found')
  const { forecast, tenant } = found
  if (representationFor(c, null) !== 'json') return c.redirect(tenantHref(tenant), 303)
  const [glance] = await glances(web.db, tenant.workspaceId, personOf(c).actor, tenant.id)
  return glance
    ? c.json(tenantJson({ forecast, glance, readiness: readinessOf(forecast) }))
    : problem(web, c, 'not_found')
}

/** A program gets the fields that are wrong, a person the form with what was typed. */
function refused(web: Web, c: Request, found: TenantAtHand, input: TenantInput, flaws: TenantFlaws) {
  if (representationFor(c, null) !== 'json') return editPage(web, c, found, input, flaws)
  const words = newTenantWords(c.var.reader.language)
  const issues = Object.entries(flaws).map(([field, flaw]) => ({
    pointer: `/${field}`,
    detail: words.flaws[flaw],
  }))
  return problem(web, c, 'malformed', issues)
}

async function editPage(web: Web, c: Request, found: TenantAtHand, input: TenantInput, flaws: TenantFlaws) {
  const { forecast, tenant } = found
  const { state } = forecast.ground.tenant
  const props = { shell: await frameFor(web, c), reader: c.var.reader, tenant, state, input, flaws }
  return c.html(<EditTenantPage {...props} />, Object.keys(flaws).length > 0 ? 422 : 200)
}
