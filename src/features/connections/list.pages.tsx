import { roleMay } from '../../access/index.ts'
import { parseDirectoryId, parseRecordId } from '../../kernel/index.ts'
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
  type Web,
  workplaceOf,
} from '../../web/index.ts'
import { CONNECTIONS } from './at-hand.ts'
import { connectionJson } from './connection-json.ts'
import { standingInList } from './connection-standing.ts'
import type { ListedConnection } from './connection-table.tsx'
import {
  connectionsOfTenant,
  connectionsOfWorkspace,
  type SeenTenant,
  tenantsToConnect,
  tenantToConnect,
} from './connections.sql.ts'
import { CONNECTION_SHOWS, isShown, ListPage } from './list-page.tsx'

/** The connections of a workspace, or of one tenant wherever its reader sees it. */
export const connectionListRoutes: Routes = (app, web) => {
  app.get(CONNECTIONS, (c) => {
    const form = representationFor(c, null)
    if (form === null) return problem(web, c, 'not_acceptable')
    return form === 'json' ? listForPrograms(web, c) : listPage(web, c)
  })
}

async function listPage(web: Web, c: Request) {
  const found = await connectionsWanted(web, c)
  if (!found) return problem(web, c, 'not_found')
  const { listed, tenant } = found
  const { actor, workspace } = await workplaceOf(web, c)
  const candidates = tenant ? [tenant] : await tenantsToConnect(web.db, workspace.id, actor)
  const mayAdd =
    candidates.some(({ role }) => roleMay(role, 'tenant.providers.manage')) ||
    (candidates.length === 0 && roleMay(workspace.role, 'tenant.providers.manage'))
  const wanted = {
    after: parseRecordId(c.req.query('after') ?? ''),
    before: parseRecordId(c.req.query('before') ?? ''),
  }
  const shell = await frameFor(web, c)
  const props = { shell, reader: c.var.reader, connections: listed, show: showOf(c), wanted, tenant, mayAdd }
  return c.html(<ListPage {...props} />)
}

/** One part of the list, by rising number, with the address of the next. */
async function listForPrograms(web: Web, c: Request) {
  const asked = partAsked(c, 'after', CONNECTION_SHOWS)
  if (!asked.ok && asked.issues.some(({ pointer }) => pointer !== '/tenant'))
    return problem(web, c, 'malformed', asked.issues)
  const found = await connectionsWanted(web, c)
  if (!found || !asked.ok) return problem(web, c, 'not_found')
  const shown = found.listed.filter((one) => isShown(one, showOf(c)))
  const { items, next } = partOf(shown, ({ connection }) => connection.id, asked.part)
  return c.json({
    connections: items.map(listedJson),
    ...(next !== null && { next: nextHref(c, 'after', next) }),
  })
}

const showOf = (c: Request) => CONNECTION_SHOWS.find((name) => name === c.req.query('show')) ?? 'all'

/** The connections in sight, each as it stands among its siblings; null where the query names no tenant in sight. */
async function connectionsWanted(web: Web, c: Request) {
  const { actor, workspace } = await workplaceOf(web, c)
  const tenant = await tenantInQuery(web, c)
  if (tenant === undefined) return null
  const connections = tenant
    ? await connectionsOfTenant(web.db, tenant.id, actor)
    : await connectionsOfWorkspace(web.db, workspace.id, actor)
  const listed = connections.map((connection) => ({
    connection,
    standing: standingInList(connection, connections, web.gate),
  }))
  return { tenant, listed }
}

/** A connection in a list, as programs read it: with what stands in its way. */
const listedJson = ({ connection, standing }: ListedConnection) => ({
  ...connectionJson(connection),
  readiness: standing.state,
  ...(standing.reason && { reasonCode: standing.reason.code }),
})

/** The tenant that a query names; null when it names none, undefined when there is nothing to see. */
export async function tenantInQuery(web: Web, c: Request): Promise<SeenTenant | null | undefined> {
  const named = c.req.query('tenant')
  if (!named) return null
  const directoryId = parseDirectoryId(named)
  if (!directoryId) return undefined
  return tenantToConnect(web.db, directoryId, personOf(c).actor)
}
