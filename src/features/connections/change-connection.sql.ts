import { sql } from 'kysely'
import type { PersonalActor } from '../../access/index.ts'
import { type Db, jsonb } from '../../database/index.ts'
import type { ConnectionId, TenantId, WorkspaceId } from '../../kernel/index.ts'
import type { AppInput } from './connection-input.ts'

/**
 * Makes changes to the connections of one tenant follow each other. Taken first: everybody locks tenant,
 * connection and credential in this order.
 */
export const lockTenant = (tx: Db, tenantId: TenantId) =>
  sql`select id from tenants where id = ${tenantId} for no key update`.execute(tx)

/** Whether a tenant is archived, as the lock found it; then it takes no connection. */
export async function isArchived(tx: Db, tenantId: TenantId): Promise<boolean> {
  const query = tx.selectFrom('tenants').select('state').where('id', '=', tenantId)
  return (await query.executeTakeFirst())?.state === 'archived'
}

/** Adds a connection that nothing is known of yet; null when the tenant has one with that app already. */
export async function insertConnection(
  tx: Db,
  tenantId: TenantId,
  workspaceId: WorkspaceId,
  { clientId, directoryId, label }: AppInput,
  type: 'dedicated' | 'platform' = 'dedicated',
): Promise<{ id: ConnectionId; isDefault: boolean } | null> {
  const { rows } = await sql<{ id: ConnectionId; isDefault: boolean }>`
    insert into provider_connections (
      workspace_id, tenant_id, directory_id, client_id, label, connection_type, consent_status, is_default
    )
    select ${workspaceId}::bigint, ${tenantId}::bigint, ${directoryId}::uuid, ${clientId}::uuid, ${label}::text,
      ${type}, ${type === 'platform' ? 'required' : 'unknown'},
      not exists (select 1 from provider_connections o where o.tenant_id = ${tenantId} and o.provider = 'microsoft')
    on conflict (tenant_id, provider, directory_id, client_id) do nothing
    returning id, is_default as "isDefault"`.execute(tx)
  return rows[0] ?? null
}

/** Whether another connection of the tenant uses the same app in the same directory. */
export async function isAppTaken(
  tx: Db,
  tenantId: TenantId,
  connectionId: ConnectionId,
  { clientId, directoryId }: AppInput,
): Promise<boolean> {
  const { rows } = await sql`
    select 1 from provider_connections
    where tenant_id = ${tenantId} and id <> ${connectionId} and provider = 'microsoft'
      and directory_id = ${directoryId}::uuid and client_id = ${clientId}::uuid`.execute(tx)
  return rows.length > 0
}

/** Names a connection anew; nothing else changes. */
export const updateLabel = (tx: Db, tenantId: TenantId, connectionId: ConnectionId, label: string) =>
  sql`update provider_connections set label = ${label}
    where tenant_id = ${tenantId} and id = ${connectionId}`.execute(tx)

/** Lets a connection use another app or directory: what was seen of the one before holds no longer. */
export const updateApp = (
  tx: Db,
  tenantId: TenantId,
  connectionId: ConnectionId,
  { clientId, directoryId, label }: AppInput,
) =>
  sql`update provider_connections
    set label = ${label}, client_id = ${clientId}::uuid, directory_id = ${directoryId}::uuid,
      consent_status = 'unknown', verification_status = 'unknown', granted_permissions = null,
      evidence_at = null, last_reason = null, throttled_until = null
    where tenant_id = ${tenantId} and id = ${connectionId}`.execute(tx)

/** What the last check said of a credential does not hold for a new one. */
export const forgetVerification = (tx: Db, tenantId: TenantId, connectionId: ConnectionId) =>
  sql`update provider_connections set verification_status = 'unknown', last_reason = null
    where tenant_id = ${tenantId} and id = ${connectionId}`.execute(tx)

/** Makes a connection the default of its tenant; at most one is, at every moment. */
export async function moveDefault(tx: Db, tenantId: TenantId, connectionId: ConnectionId): Promise<void> {
  await sql`update provider_connections set is_default = false
    where tenant_id = ${tenantId} and is_default and id <> ${connectionId} and provider =
      (select n.provider from provider_connections n where n.id = ${connectionId})`.execute(tx)
  await sql`update provider_connections set is_default = true
    where tenant_id = ${tenantId} and id = ${connectionId}`.execute(tx)
}

/** Makes a connection the default of its tenant, in this transaction; answers which one was before. */
export async function makeDefaultIn(tx: Db, tenantId: TenantId, connectionId: ConnectionId) {
  const query = tx.selectFrom('provider_connections').select('id').where('tenant_id', '=', tenantId)
  const before = (await query.where('is_default', '=', true).executeTakeFirst())?.id ?? null
  if (before !== connectionId) await moveDefault(tx, tenantId, connectionId)
  return before
}

/** Switches a connection on or off; false when it was like that before. */
export async function switchConnection(
  tx: Db,
  tenantId: TenantId,
  connectionId: ConnectionId,
  isEnabled: boolean,
): Promise<boolean> {
  const { rows } = await sql`
    update provider_connections set is_enabled = ${isEnabled}
    where tenant_id = ${tenantId} and id = ${connectionId} and is_enabled <> ${isEnabled} returning id`.execute(
    tx,
  )
  return rows.length > 0
}

export type ConnectionDeed =
  | 'connection.create'
  | 'connection.update'
  | 'connection.credential.rotate'
  | 'connection.credential.discard'
  | 'connection.make_default'
  | 'connection.disable'
  | 'connection.enable'
  | 'connection.consent.ask'

export interface ConnectionRecord {
  readonly actor: PersonalActor
  readonly correlationId: string
  readonly action: ConnectionDeed
  readonly outcome: 'done' | 'forbidden'
  readonly tenantId: TenantId | null
  readonly connectionId: ConnectionId | null
  /** Never a secret. */
  readonly facts: object
}

/** Records what somebody did with a connection, or tried to. */
export const recordDeed = (db: Db, workspaceId: WorkspaceId, deed: ConnectionRecord) =>
  db
    .insertInto('audit_records')
    .values({
      workspace_id: workspaceId,
      tenant_id: deed.tenantId,
      actor_kind: deed.actor.kind,
      actor_id: deed.actor.userId,
      actor_name: deed.actor.name,
      action: deed.action,
      target_kind: 'connection',
      target_id: deed.connectionId === null ? null : String(deed.connectionId),
      outcome: deed.outcome,
      facts: jsonb(deed.facts),
      correlation_id: deed.correlationId,
    })
    .execute()
