import { sql } from 'kysely'
import { type PersonalActor, type Role, reaches, roleThere, wayTo } from '../../access/index.ts'
import type { Db } from '../../database/index.ts'
import type { TenantId, WorkspaceId } from '../../kernel/index.ts'

/** Begins a session that names no directory yet, or finds the one that this person has begun; says which it is. */
export async function insertSession(
  db: Db,
  workspaceId: WorkspaceId,
  { name, userId }: PersonalActor,
): Promise<{ id: number; version: number; isNew: boolean }> {
  const { rows } = await sql<{ id: number; version: number; isNew: boolean }>`
    with begun as (
      insert into onboarding_sessions (workspace_id, begun_by, begun_by_name, changed_by_name)
      values (${workspaceId}, ${userId}, ${name}, ${name})
      on conflict (workspace_id, begun_by) where state = 'open' and tenant_id is null do nothing
      returning id, version
    )
    select id, version, true as "isNew" from begun
    union all
    select id, version, false from onboarding_sessions
    where workspace_id = ${workspaceId} and begun_by = ${userId} and state = 'open' and tenant_id is null
    limit 1`.execute(db)
  const [row] = rows
  return row ?? insertSession(db, workspaceId, { kind: 'user', name, userId })
}

/** A tenant of a workspace by its directory, as identifying it needs to know it. */
export const tenantWith = (tx: Db, workspaceId: number, directoryId: string) =>
  tx
    .selectFrom('tenants')
    .select(['id', 'state', 'name'])
    .where('workspace_id', '=', workspaceId)
    .where('directory_id', '=', directoryId)
    .forNoKeyUpdate()
    .executeTakeFirst()

/** The role in which an actor reaches a tenant; undefined for one that they do not reach. */
export async function roleAt(tx: Db, tenantId: number, actor: PersonalActor): Promise<Role | undefined> {
  const { rows } = await sql<{ role: Role }>`
    select ${roleThere} as role from tenants t ${wayTo(actor)} where t.id = ${tenantId} and ${reaches}`.execute(
    tx,
  )
  return rows[0]?.role
}

/** Lets a draft be onboarded; whatever is further stays as it is. */
export const takeUpDraft = (tx: Db, tenantId: number) =>
  tx
    .updateTable('tenants')
    .set({ state: 'onboarding' })
    .where('id', '=', tenantId)
    .where('state', '=', 'draft')
    .execute()

/** The number of the open session that a tenant has; or none. */
export async function openSessionWith(tx: Db, tenantId: number): Promise<number | undefined> {
  const query = tx.selectFrom('onboarding_sessions').select('id').where('tenant_id', '=', tenantId)
  return (await query.where('state', '=', 'open').executeTakeFirst())?.id
}

/** Says which tenant a session is about; it keeps it from then on. */
export const setTenant = (tx: Db, sessionId: number, tenantId: TenantId) =>
  set(tx, sessionId, sql`tenant_id = ${tenantId}`)

/** Chooses a connection of the tenant; a check from before then counts no longer. */
export const setConnection = (tx: Db, sessionId: number, connectionId: number) =>
  set(tx, sessionId, sql`connection_id = ${connectionId}`)

/** Ends a session for good: cancelled, or completed by the check that it names. */
export const endSession = (
  tx: Db,
  sessionId: number,
  actor: PersonalActor,
  how: { readonly state: 'cancelled' } | { readonly state: 'completed'; readonly verificationRunId: number },
) =>
  set(
    tx,
    sessionId,
    sql`state = ${how.state}, ended_at = now(), ended_by_name = ${actor.name},
      verification_run_id = ${how.state === 'completed' ? how.verificationRunId : null}::bigint`,
  )

/** The part of a change that follows its `touchSession`, which gave the version: that one stays. */
const set = (tx: Db, sessionId: number, change: ReturnType<typeof sql>) =>
  sql`update onboarding_sessions set ${change} where id = ${sessionId}`.execute(tx)

/** Makes a tenant that is being onboarded an active one; false when it is in another state. */
export async function activateTenant(tx: Db, tenantId: TenantId): Promise<boolean> {
  const changed = await tx
    .updateTable('tenants')
    .set({ state: 'active' })
    .where('id', '=', tenantId)
    .where('state', '=', 'onboarding')
    .returning('id')
    .execute()
  return changed.length > 0
}
