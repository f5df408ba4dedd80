import { roleMay } from '../../access/index.ts'
import { parseDirectoryId } from '../../kernel/index.ts'
import {
  frameFor,
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
import {
  connectionsOfTenant,
  connectionsOfWorkspace,
  type SeenTenant,
  tenantsToConnect,
  tenantToConnect,
} from './connections.sql.ts'
import { CONNECTION_SHOWS, ListPage } from './list-page.tsx'

/** The connections of a workspace, or of one tenant wherever its reader sees it. */
export const connectionListRoutes: Routes = (app, web) => {
  app.get(CONNECTIONS, async (c) => {
    const form = representationFor(c, null)
    if (form === null) return problem(web, c, 'not_acceptable')
    const { actor, workspace } = await workplaceOf(web, c)
    const tenant = await tenantInQuery(web, c)
    if (tenant === undefined) return problem(web, c, 'not_found')
    const connections = tenant
      ? await connectionsOfTenant(web.db, tenant.id, actor)
      : await connectionsOfWorkspace(web.db, workspace.id, actor)
    if (form === 'json') return c.json({ connections: connections.map(connectionJson) })
    const candidates = tenant ? [tenant] : await tenantsToConnect(web.db, workspace.id, actor)
    const mayAdd =
      candidates.some(({ role }) => roleMay(role, 'tenant.providers.manage')) ||
      (candidates.length === 0 && roleMay(workspace.role, 'tenant.providers.manage'))
    return c.html(
      <ListPage
        shell={await frameFor(web, c)}
        reader={c.var.reader}
        connections={connections.map((connection) => ({
          connection,
          standing: standingInList(connection, connections, web.gate),
        }))}
        show={CONNECTION_SHOWS.find((name) => name === c.req.query('show')) ?? 'all'}
        tenant={tenant}
        mayAdd={mayAdd}
      />,
    )
  })
}

/** The tenant that a query names; null when it names none, undefined when there is nothing to see. */
export async function tenantInQuery(web: Web, c: Request): Promise<SeenTenant | null | undefined> {
  const named = c.req.query('tenant')
  if (!named) return null
  const directoryId = parseDirectoryId(named)
  if (!directoryId) return undefined
  return tenantToConnect(web.db, directoryId, personOf(c).actor)
}
