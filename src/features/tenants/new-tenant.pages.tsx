import { roleMay } from '../../access/index.ts'
import {
  frameFor,
  problem,
  type Request,
  type Routes,
  readBody,
  representationFor,
  type Web,
  workplaceOf,
} from '../../web/index.ts'
import { recordForbiddenTenant } from './add-tenant.sql.ts'
import { type AddedTenant, addTenant } from './add-tenant.ts'
import { type TenantFlaws, type TenantInput, tenantInput } from './new-tenant.ts'
import { newTenantWords } from './new-tenant.words.ts'
import { NewTenantPage } from './new-tenant-page.tsx'
import { tenantHref } from './tenant-frame.tsx'

const NOTHING_TYPED: TenantInput = { name: '', directoryId: '', domain: '' }

/** The form that adds a tenant, and what it sends to. */
export const newTenantRoutes: Routes = (app, web) => {
  app.get('/admin/tenants/new', async (c) => {
    const { actor, workspace } = await workplaceOf(web, c)
    if (!roleMay(workspace.role, 'workspace.onboarding.manage')) {
      await recordForbiddenTenant(web.db, workspace.id, actor, c.var.correlationId)
      return problem(web, c, 'forbidden')
    }
    return formPage(web, c, NOTHING_TYPED, {})
  })

  app.post('/admin/tenants', async (c) => {
    if (representationFor(c, null) === null) return problem(web, c, 'not_acceptable')
    const { actor, workspace } = await workplaceOf(web, c)
    if (!roleMay(workspace.role, 'workspace.onboarding.manage')) {
      await recordForbiddenTenant(web.db, workspace.id, actor, c.var.correlationId)
      return problem(web, c, 'forbidden')
    }
    const body = await readBody(c)
    if (body.kind === 'unreadable')
      return problem(web, c, 'malformed', [{ pointer: '', detail: body.detail }])
    if (body.kind !== 'fields') return problem(web, c, REFUSED[body.kind])
    const input = tenantInput(body.fields)
    const added = await addTenant(web.db, workspace.id, actor, input, c.var.correlationId)
    return answer(web, c, input, added)
  })
}

const REFUSED = { unsupported: 'unsupported_media_type', too_large: 'too_large' } as const

/** A page goes on to the new tenant or shows the form again; a program gets the tenant or its issues. */
function answer(web: Web, c: Request, input: TenantInput, added: AddedTenant): Response | Promise<Response> {
  const json = representationFor(c, null) === 'json'
  if (!added.ok)
    return json
      ? problem(web, c, 'malformed', issuesOf(c, added.flaws))
      : formPage(web, c, input, added.flaws)
  const href = tenantHref(added.tenant)
  if (!json) return c.redirect(href, 303)
  const { directoryId, domain, name } = added.tenant
  return c.json({ id: directoryId, name, ...(domain && { domain }), state: 'active', href }, 201, {
    Location: href,
  })
}

/** The form, empty or with what was typed and what is wrong with it (422). */
async function formPage(web: Web, c: Request, input: TenantInput, flaws: TenantFlaws): Promise<Response> {
  const shell = await frameFor(web, c)
  const page = <NewTenantPage shell={shell} reader={c.var.reader} input={input} flaws={flaws} />
  return c.html(page, Object.keys(flaws).length > 0 ? 422 : 200)
}

function issuesOf(c: Request, flaws: TenantFlaws) {
  const words = newTenantWords(c.var.reader.language)
  return Object.entries(flaws).map(([field, flaw]) => ({ pointer: `/${field}`, detail: words.flaws[flaw] }))
}
