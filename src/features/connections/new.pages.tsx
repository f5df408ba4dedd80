import { roleMay } from '../../access/index.ts'
import { type ConnectionId, parseDirectoryId } from '../../kernel/index.ts'
import {
  forbidden as forbiddenIn,
  frameFor,
  personOf,
  problem,
  type Request,
  type Routes,
  representationFor,
  type Web,
  workplaceOf,
} from '../../web/index.ts'
import { addTypedConnection } from './add-typed-connection.ts'
import {
  byOf,
  CONNECTIONS,
  connectionHref,
  credentialHref,
  fieldsOf,
  forbidden,
  type Permitted,
} from './at-hand.ts'
import { formWords } from './connection-form.words.ts'
import {
  type ConnectionFlaws,
  readCentral,
  readNewConnection,
  type TypedConnection,
  typedConnection,
  typedHidden,
} from './connection-input.ts'
import { issuesOf } from './connection-issues.ts'
import { connectionJson } from './connection-json.ts'
import { connectionById, type SeenTenant, tenantsToConnect, tenantToConnect } from './connections.sql.ts'
import { NewConnectionPage } from './form-page.tsx'
import { tenantInQuery } from './list.pages.tsx'

const MANAGE = 'tenant.providers.manage'

/**
 * The form that adds a connection, and what it sends to. Whoever may add a connection also gives it its
 * first credential; replacing one that works is a capability of its own.
 */
export const newConnectionRoutes: Routes = (app, web) => {
  app.get(`${CONNECTIONS}/new`, async (c) => {
    const tenant = await tenantInQuery(web, c)
    if (tenant === undefined) return problem(web, c, 'not_found')
    if (tenant && !roleMay(tenant.role, MANAGE)) return forbidden(web, c, 'connection.create', tenant)
    const type = web.providers.platform ? (c.req.query('type') ?? '') : ''
    const label = type === 'platform' ? formWords(c.var.reader.language).choice.platform : ''
    const typed = typedConnection({ tenant: tenant?.directoryId ?? '', type, label })
    const flaws: ConnectionFlaws = tenant?.state === 'archived' ? { tenant: 'tenant_archived' } : {}
    return formPage(web, c, typed, flaws, tenant)
  })

  app.post(CONNECTIONS, async (c) => {
    if (representationFor(c, null) === null) return problem(web, c, 'not_acceptable')
    const body = await fieldsOf(web, c)
    if (!body.ok) return body.answer
    const typed = typedConnection(body.value)
    const at = await tenantToAddTo(web, c, typed, typedHidden(body.value))
    if (!at.ok) return at.answer
    const hidden = typedHidden(body.value)
    const added = await addTypedConnection(web, at.value, byOf(c), { typed, hidden })
    return added.ok ? created(web, c, added.value, typed) : refused(web, c, typed, added.flaws, at.value)
  })
}

/** The tenant that was chosen, for somebody who may add a connection there. */
async function tenantToAddTo(
  web: Web,
  c: Request,
  typed: TypedConnection,
  hidden: ReturnType<typeof typedHidden>,
): Promise<Permitted<SeenTenant>> {
  const directoryId = parseDirectoryId(typed.tenant)
  if (!directoryId) {
    const anywhere = await tenantsToAddTo(web, c, null)
    if (!anywhere.ok) return anywhere
    const rest =
      typed.type === 'platform'
        ? readCentral(typed, null, web.gate.platformClientId)
        : readNewConnection(typed, hidden, null, new Date())
    const flaws = { tenant: 'tenant_missing', ...(rest.ok ? {} : rest.flaws) } as const
    return { ok: false, answer: refused(web, c, typed, flaws, null) }
  }
  const tenant = await tenantToConnect(web.db, directoryId, personOf(c).actor)
  if (!tenant) return { ok: false, answer: problem(web, c, 'not_found') }
  if (roleMay(tenant.role, MANAGE)) return { ok: true, value: tenant }
  return { ok: false, answer: forbidden(web, c, 'connection.create', tenant) }
}

/** The tenants of the workspace where the person may add connections; 403 where there can be none. */
async function tenantsToAddTo(
  web: Web,
  c: Request,
  named: SeenTenant | null,
): Promise<Permitted<SeenTenant[]>> {
  const { actor, workspace } = await workplaceOf(web, c)
  const seen = await tenantsToConnect(web.db, workspace.id, actor)
  const managed = seen.filter(({ role }) => roleMay(role, MANAGE))
  const [first] = seen
  if (named || managed.length > 0 || (!first && roleMay(workspace.role, MANAGE)))
    return { ok: true, value: managed }
  if (first) return { ok: false, answer: forbidden(web, c, 'connection.create', first) }
  const deed = { action: 'connection.create', targetKind: 'connection', targetId: null }
  return { ok: false, answer: forbiddenIn(web, c, { ...deed, workspaceId: workspace.id }) }
}

const nextPlace = (id: ConnectionId, { type, way }: TypedConnection): string => {
  if (type === 'platform') return `${connectionHref(id)}/consent`
  return way === 'made' ? credentialHref(id) : connectionHref(id)
}

/** To what comes next: consent to the central app, the public part of a certificate made now, or the new connection. */
async function created(web: Web, c: Request, id: ConnectionId, typed: TypedConnection): Promise<Response> {
  const href = connectionHref(id)
  if (representationFor(c, null) === 'html') return c.redirect(nextPlace(id, typed), 303)
  const connection = await connectionById(web.db, id, personOf(c).actor)
  return connection
    ? c.json(connectionJson(connection), 201, { Location: href })
    : problem(web, c, 'not_found')
}

/** A program gets the fields that are wrong, a person the form with what was typed. */
function refused(
  web: Web,
  c: Request,
  typed: TypedConnection,
  flaws: ConnectionFlaws,
  tenant: SeenTenant | null,
): Response | Promise<Response> {
  if (representationFor(c, null) === 'json') return problem(web, c, 'malformed', issuesOf(c, flaws))
  return formPage(web, c, typed, flaws, tenant)
}

async function formPage(
  web: Web,
  c: Request,
  typed: TypedConnection,
  flaws: ConnectionFlaws,
  named: SeenTenant | null,
): Promise<Response> {
  const managed = await tenantsToAddTo(web, c, named)
  if (!managed.ok) return managed.answer
  const tenants = managed.value.filter(({ state }) => state !== 'archived')
  const isOffered = tenants.some(({ directoryId }) => directoryId === named?.directoryId)
  const tenant = isOffered && !isFixed(c) ? null : named
  const isWrong = Object.keys(flaws).length > 0
  const shell = await frameFor(web, c)
  const hasCentralApp = web.providers.platform !== null
  const props = { shell, reader: c.var.reader, typed, flaws, tenant, tenants, hasCentralApp }
  return c.html(<NewConnectionPage {...props} />, isWrong ? 422 : 200)
}

/** Whether the address says which tenant it is for; otherwise the form lets its reader choose. */
const isFixed = (c: Request) => Boolean(c.req.query('tenant'))
