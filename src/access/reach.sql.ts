import { type RawBuilder, sql } from 'kysely'
import type { PersonalActor } from './actor.ts'

/**
 * The way from a tenant `t` to an actor: joins `wm` (workspace membership) and `tm` (tenant
 * membership). A key reaches its own workspace only. To be used together with `reaches`.
 */
export const wayTo = (actor: PersonalActor): RawBuilder<unknown> => sql`
  join workspace_memberships wm on wm.workspace_id = t.workspace_id and wm.user_id = ${actor.userId}
    ${actor.kind === 'api_key' ? sql`and wm.workspace_id = ${actor.workspaceId}` : sql``}
  left join tenant_memberships tm on tm.membership_id = wm.id and tm.tenant_id = t.id`

/** Whether that way ends at the tenant: all tenants, or this one among the selected. */
export const reaches = sql<boolean>`(wm.reach = 'all' or tm.tenant_id is not null)`

/** The actor's role at the tenant; a tenant membership replaces the role of the workspace. */
export const roleThere = sql<string>`coalesce(tm.role, wm.role)`
