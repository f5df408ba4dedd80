import { type RawBuilder, sql } from 'kysely'
import type { Actor, PersonalActor } from './actor.ts'

/**
 * The way from a tenant `t` to an actor: joins `wm` (workspace membership) and `tm` (tenant
 * membership). A key reaches its own workspace only, and there no further than its owner and its own
 * limits let it, while it is good; System reaches everything. To be used together with `reaches`.
 */
export function wayTo(actor: Actor): RawBuilder<unknown> {
  if (actor.kind === 'system') return WAY_OF_SYSTEM
  return actor.kind === 'api_key' ? wayOfKey(actor) : wayOfPerson(actor)
}

/** System reaches every tenant and may do everything there. */
const WAY_OF_SYSTEM = sql`
  cross join (values ('owner', 'all')) wm (role, reach)
  cross join (values (null::bigint, null::text)) tm (tenant_id, role)`

const wayOfPerson = (actor: PersonalActor) => sql`
  join workspace_memberships wm on wm.workspace_id = t.workspace_id and wm.user_id = ${actor.userId}
  left join tenant_memberships tm on tm.membership_id = wm.id and tm.tenant_id = t.id`

/**
 * The same for a key: `tm` is there only where owner and key both reach the tenant, `wm` reaches nothing by
 * itself, and either role is the lesser one of the owner's and the most that the key may have.
 */
const wayOfKey = ({ keyId, userId, workspaceId }: Extract<PersonalActor, { kind: 'api_key' }>) => sql`
  join (
    select m.id, m.workspace_id, lesser_role(m.role, k.most_role) as role, 'selected' as reach,
      m.reach as reach_of_owner, k.reach as reach_of_key, k.most_role
    from workspace_memberships m
    join api_key_workspaces k on k.workspace_id = m.workspace_id and k.api_key_id = ${keyId}
    join api_keys a on a.id = k.api_key_id and a.enabled is not false
      and (a.expires_at is null or a.expires_at > now())
    where m.user_id = ${userId} and m.workspace_id = ${workspaceId}
  ) wm on wm.workspace_id = t.workspace_id
  left join lateral (
    select t.id as tenant_id, lesser_role(o.role, wm.most_role) as role
    from (values (1)) once (more)
    left join tenant_memberships o on o.membership_id = wm.id and o.tenant_id = t.id
    where (wm.reach_of_owner = 'all' or o.tenant_id is not null) and (
      wm.reach_of_key = 'all'
      or exists (select from api_key_tenants kt where kt.api_key_id = ${keyId} and kt.tenant_id = t.id))
  ) tm on true`

/** Whether that way ends at the tenant: all tenants, or this one among the selected. */
export const reaches = sql<boolean>`(wm.reach = 'all' or tm.tenant_id is not null)`

/** The actor's role at the tenant; a tenant membership replaces the role of the workspace. */
export const roleThere = sql<string>`coalesce(tm.role, wm.role)`
