import { forecast, type TenantForecast } from '../../engine/gate/index.ts'
import { parseDirectoryId } from '../../kernel/index.ts'
import { frameFor, personOf, type Request, type Web, workplaceOf } from '../../web/index.ts'
import type { Surroundings } from './tenant-frame.tsx'
import { type SeenTenant, tenantOfDirectory } from './tenants.sql.ts'

export interface TenantAtHand {
  readonly tenant: SeenTenant
  readonly forecast: TenantForecast
}

/**
 * The tenant that a path names, wherever its reader is a member, with what a start there would meet. Null
 * for a malformed id, an unknown one and one that the reader may not see alike.
 */
export async function tenantInPath(
  web: Web,
  c: Request,
  first: 'operated' | 'archived' = 'operated',
): Promise<TenantAtHand | null> {
  const directoryId = parseDirectoryId(c.req.param('tenant') ?? '')
  if (!directoryId) return null
  const { actor } = personOf(c)
  const tenant = await tenantOfDirectory(web.db, directoryId, actor, first)
  if (!tenant) return null
  const [found] = await forecast(web.gate, actor, tenant.workspaceId, tenant.id)
  return found ? { tenant, forecast: found } : null
}

/** What a tenant's page is shown in; a page that renews itself leaves the frame as it is. */
export async function surroundingsOf(web: Web, c: Request): Promise<Surroundings> {
  if (c.req.header('hx-request'))
    return { shell: null, workspace: (await workplaceOf(web, c)).workspace.name }
  const shell = await frameFor(web, c)
  return { shell, workspace: shell.workspace.name }
}
