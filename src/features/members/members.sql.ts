import { type RawBuilder, sql } from 'kysely'
import type { PersonalActor, Role } from '../../access/index.ts'
import type { Db } from '../../database/index.ts'
import type { WorkspaceId } from '../../kernel/index.ts'
import type { ChoosableTenant, GivenAccess, Member } from './members.ts'

/** The people of a workspace, by name. */
export async function membersOf(db: Db, workspaceId: WorkspaceId): Promise<Member[]> {
  const { rows } = await sql<Member>`
    select ${memberColumns} from workspace_memberships m join users u on u.id = m.user_id
    where m.workspace_id = ${workspaceId} order by lower(u.name), m.id`.execute(db)
  return rows
}

/** A member, with the role that the actor has in the same workspace; undefined for those who are not in it. */
export async function memberSeenBy(
  db: Db,
  memberId: number,
  actor: PersonalActor,
): Promise<{ member: Member; role: Role } | undefined> {
  const { rows } = await sql<Member & { ownRole: Role }>`
    select ${memberColumns}, mine.role as "ownRole"
    from workspace_memberships m
    join users u on u.id = m.user_id
    join workspace_memberships mine on mine.workspace_id = m.workspace_id and mine.user_id = ${actor.userId}
      ${actor.kind === 'api_key' ? sql`and mine.workspace_id = ${actor.workspaceId}` : sql``}
    where m.id = ${memberId}`.execute(db)
  const [row] = rows
  if (!row) return undefined
  const { ownRole, ...member } = row
  return { member, role: ownRole }
}

/** One member of a workspace, by number. */
export async function memberById(
  db: Db,
  workspaceId: WorkspaceId,
  memberId: number,
): Promise<Member | undefined> {
  const { rows } = await sql<Member>`
    select ${memberColumns} from workspace_memberships m join users u on u.id = m.user_id
    where m.workspace_id = ${workspaceId} and m.id = ${memberId}`.execute(db)
  return rows[0]
}

/**
 * What an actor may do in a workspace, for a key no more than it is limited to; undefined when they are not in it.
 */
export async function ownAccess(
  db: Db,
  workspaceId: WorkspaceId,
  actor: PersonalActor,
): Promise<GivenAccess | undefined> {
  if (actor.kind === 'api_key') return accessOfKey(db, workspaceId, actor)
  const { rows } = await sql<GivenAccess>`
    select m.role, m.reach, ${tenantsOf(sql`tenant_memberships x`, sql`x.membership_id = m.id`)} as tenants
    from workspace_memberships m
    where m.workspace_id = ${workspaceId} and m.user_id = ${actor.userId}`.execute(db)
  return rows[0]
}

/** Of owner and key the lesser role and the narrower reach; a key for selected tenants only looks at the workspace. */
async function accessOfKey(
  db: Db,
  workspaceId: WorkspaceId,
  { keyId, userId }: Extract<PersonalActor, { kind: 'api_key' }>,
): Promise<GivenAccess | undefined> {
  const named = sql`(
    select t.id as tenant_id, lesser_role(coalesce(o.role, m.role), k.most_role) as role
    from tenants t
    left join tenant_memberships o on o.membership_id = m.id and o.tenant_id = t.id
    left join api_key_tenants kt on kt.api_key_id = k.api_key_id and kt.tenant_id = t.id
    where t.workspace_id = m.workspace_id and (o.tenant_id is not null or kt.tenant_id is not null)
      and (m.reach = 'all' or o.tenant_id is not null) and (k.reach = 'all' or kt.tenant_id is not null)) x`
  const { rows } = await sql<GivenAccess>`
    select
      case when k.reach = 'selected' then 'readonly' else lesser_role(m.role, k.most_role) end as role,
      case when k.reach = 'all' then m.reach else 'selected' end as reach,
      ${tenantsOf(named, sql`true`)} as tenants
    from workspace_memberships m
    join api_key_workspaces k on k.workspace_id = m.workspace_id and k.api_key_id = ${keyId}
    where m.workspace_id = ${workspaceId} and m.user_id = ${userId}`.execute(db)
  return rows[0]
}

/** Every tenant of a workspace, by name. */
export async function tenantsOfWorkspace(db: Db, workspaceId: WorkspaceId): Promise<ChoosableTenant[]> {
  const { rows } = await sql<ChoosableTenant>`
    select id, directory_id as "directoryId", name from tenants
    where workspace_id = ${workspaceId} order by lower(name), id`.execute(db)
  return rows
}

/** Whether a workspace has another owner who reaches all of its tenants. */
export async function hasOwnerBeside(db: Db, workspaceId: WorkspaceId, memberId: number): Promise<boolean> {
  const { rows } = await sql`
    select from workspace_memberships
    where workspace_id = ${workspaceId} and id <> ${memberId} and role = 'owner' and reach = 'all'
    limit 1`.execute(db)
  return rows.length > 0
}

/** Whether a person belongs to any workspace but this one. */
export async function belongsElsewhere(db: Db, workspaceId: WorkspaceId, userId: string): Promise<boolean> {
  const { rows } = await sql`
    select from workspace_memberships where user_id = ${userId} and workspace_id <> ${workspaceId}
    limit 1`.execute(db)
  return rows.length > 0
}

/** The tenants that some access `x` names, as JSON, by name. */
export const tenantsOf = (from: RawBuilder<unknown>, where: RawBuilder<unknown>) => sql`(
  select coalesce(json_agg(json_build_object(
    'id', t.id, 'directoryId', t.directory_id, 'name', t.name, 'role', x.role) order by lower(t.name), t.id), '[]')
  from ${from} join tenants t on t.id = x.tenant_id where ${where})`

/** When somebody was last here: in a browser, or through a key that is bound to the same workspace. */
const lastSeen = sql`greatest(u.last_seen_at, (
  select max(k.last_request) from api_keys k join api_key_workspaces b on b.api_key_id = k.id
  where k.reference_id = u.id and b.workspace_id = m.workspace_id))`

const memberColumns = sql`
  m.id, m.workspace_id as "workspaceId", m.user_id as "userId", u.name, u.email, m.role, m.reach,
  ${tenantsOf(sql`tenant_memberships x`, sql`x.membership_id = m.id`)} as tenants,
  m.created_at as since, coalesce(u.two_factor_enabled, false) as "twoFactor", ${lastSeen} as "lastSeen"`
