import { forecast, type TenantForecast } from '../../engine/gate/index.ts'
import { parseDirectoryId } from '../../kernel/index.ts'
import { personOf, type Request, type Web } from '../../web/index.ts'
import { type SeenTenant, tenantOfDirectory } from './tenants.sql.ts'

export interface TenantAtHand {
  readonly tenant: SeenTenant
  readonly forecast: TenantForecast
}

/**
 * The tenant that a path names, wherever its reader is a member, with what a start there would meet. Null
 * for a malformed id, an unknown one and one that the reader may not see alike.
 */
export async function tenantInPath(web: Web, c: Request): Promise<TenantAtHand | null> {
  const directoryId = parseDirectoryId(c.req.param('tenant') ?? '')
  if (!directoryId) return null
  const { actor } = personOf(c)
  const tenant = await tenantOfDirectory(web.db, directoryId, actor)
  if (!tenant) return null
  const [found] = await forecast(web.gate, actor, tenant.workspaceId, tenant.id)
  return found ? { tenant, forecast: found } : null
}
