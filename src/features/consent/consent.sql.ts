import { sql } from 'kysely'
import type { PersonalActor } from '../../access/index.ts'
import { type Db, jsonb, textArray } from '../../database/index.ts'
import type { SignedInPerson } from '../../graph/index.ts'
import type { ConnectionId, DirectoryId, TenantId, UserId, WorkspaceId } from '../../kernel/index.ts'
import { GOOD_FOR_MINUTES } from './consent.ts'

/** A question for consent that waits for its answer. */
export interface ConsentRequest {
  readonly stateHash: string
  readonly step: 'consent' | 'sign_in'
  readonly connectionId: ConnectionId
  readonly directoryId: DirectoryId
  readonly clientId: string
  readonly userId: UserId
  readonly sessionId: string
  readonly nonce: string | null
  readonly codeVerifier: string | null
}

/** Keeps a question until it is answered or too old; those that are long over are forgotten with it. */
export async function keepRequest(db: Db, request: ConsentRequest): Promise<void> {
  await sql`
    with forgotten as (delete from consent_requests where expires_at < now() - interval '1 day')
    insert into consent_requests (
      state_hash, step, connection_id, directory_id, client_id, user_id, session_id, nonce, code_verifier, expires_at
    ) values (
      ${request.stateHash}, ${request.step}, ${request.connectionId}, ${request.directoryId}::uuid,
      ${request.clientId}::uuid, ${request.userId}, ${request.sessionId}, ${request.nonce}, ${request.codeVerifier},
      now() + ${GOOD_FOR_MINUTES} * interval '1 minute'
    )`.execute(db)
}

/** A question that is being answered, with what its connection belongs to. */
export interface TakenRequest extends ConsentRequest {
  readonly isFresh: boolean
  readonly workspaceId: WorkspaceId
  readonly tenantId: TenantId
}

/** Takes a question away for good, whoever answers it: every state is good for one answer. */
export async function takeRequest(db: Db, stateHash: string): Promise<TakenRequest | null> {
  const { rows } = await sql<TakenRequest>`
    delete from consent_requests r using provider_connections c
    where r.state_hash = ${stateHash} and c.id = r.connection_id
    returning r.state_hash as "stateHash", r.step, r.connection_id as "connectionId", r.directory_id as "directoryId",
      r.client_id as "clientId", r.user_id as "userId", r.session_id as "sessionId", r.nonce,
      r.code_verifier as "codeVerifier", r.expires_at > now() as "isFresh", c.workspace_id as "workspaceId",
      c.tenant_id as "tenantId"`.execute(db)
  return rows[0] ?? null
}

/**
 * Writes down an administrator's consent and lets the connection count as consented; false, with nothing
 * written, when the connection is no longer the platform connection of that directory and app.
 */
export async function grantConsent(
  tx: Db,
  request: Pick<ConsentRequest, 'connectionId' | 'directoryId' | 'clientId' | 'userId'>,
  administrator: SignedInPerson,
): Promise<boolean> {
  const { rows } = await sql`
    with asked as (
      select id, directory_id, client_id from provider_connections
      where id = ${request.connectionId} and connection_type = 'platform'
        and directory_id = ${request.directoryId}::uuid and client_id = ${request.clientId}::uuid
      for no key update
    )
    insert into consents (
      connection_id, directory_id, client_id, administrator_id, administrator_name, directory_roles, recorded_by
    )
    select id, directory_id, client_id, ${administrator.objectId}::uuid, ${administrator.name}::text,
      ${textArray(administrator.directoryRoles)}::uuid[], ${request.userId}::text
    from asked
    returning id`.execute(tx)
  const [consent] = rows as { id: number }[]
  if (!consent) return false
  await sql`
    update provider_connections set consent_status = 'granted', consent_id = ${consent.id},
      verification_status = 'unknown', last_reason = null
    where id = ${request.connectionId}`.execute(tx)
  return true
}

/** Notes that consent was asked for and not given; consent that is there stays. */
export const noteRefusedConsent = (db: Db, connectionId: ConnectionId) =>
  sql`
    update provider_connections set consent_status = 'failed', consent_id = null
    where id = ${connectionId} and connection_type = 'platform' and consent_status <> 'granted'`.execute(db)

/** Who consented for a connection that counts as consented, as it was at that moment. */
export interface RecordedConsent {
  readonly administrator: string
  readonly directoryRoles: readonly string[]
  readonly grantedAt: Date
}

/** The consent that a connection stands on; undefined without one. */
export async function consentOf(db: Db, connectionId: ConnectionId): Promise<RecordedConsent | undefined> {
  const { rows } = await sql<RecordedConsent>`
    select k.administrator_name as administrator, k.directory_roles::text[] as "directoryRoles",
      k.granted_at as "grantedAt"
    from provider_connections c join consents k on k.id = c.consent_id where c.id = ${connectionId}`.execute(
    db,
  )
  return rows[0]
}

export interface ConsentDeed {
  readonly actor: PersonalActor
  readonly correlationId: string
  readonly action: 'connection.consent.ask' | 'connection.consent'
  readonly outcome: 'done' | 'forbidden' | 'refused'
  readonly workspaceId: WorkspaceId | null
  readonly tenantId: TenantId | null
  readonly connectionId: ConnectionId | null
  /** Never a state, a code or a token. */
  readonly facts: object
}

/** Records that consent was asked for, given or refused. */
export const recordConsent = (db: Db, deed: ConsentDeed) =>
  db
    .insertInto('audit_records')
    .values({
      workspace_id: deed.workspaceId,
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
