import { sql } from 'kysely'
import { type Db, jsonb, textArray } from '../database/index.ts'

/** What a run learned about its connection, written in the commit that ends the run. */
export interface ConnectionObservation {
  /** The app and directory that were signed in with: what was seen says nothing of those put in their place meanwhile. */
  readonly signedInAs?: { readonly clientId: string; readonly directoryId: string }
  /** Application permissions of the token it was given: granted, not merely requested. */
  readonly granted?: readonly string[]
  /**
   * What a working or refused sign-in says of consent. It is the proof for a dedicated connection; consent
   * of a platform connection is only ever lowered by it, for a token proves that somebody consented once.
   */
  readonly consent?: 'required' | 'granted' | 'failed' | 'revoked'
  readonly verification?: 'healthy' | 'degraded' | 'blocked' | 'error'
  /** Whether the sign-in service took the credential in use. */
  readonly credential?: 'accepted' | 'rejected'
  /** Which credential that was: a verdict on it says nothing of one that took its place meanwhile. */
  readonly credentialId?: string | null
  /** Whether the sign-in service took the credential that waits; an accepted one becomes the one in use. */
  readonly next?: { readonly id: string; readonly verdict: 'accepted' | 'rejected' }
  /** For how many seconds from now Microsoft wants no request. */
  readonly throttledForSeconds?: number
  /** Set by a check: what it found first, or null when all is well. */
  readonly checked?: { readonly runId: number; readonly reason: unknown | null }
  /** The directory that let this connection in, as it was asked for: whoever holds it has control there. */
  readonly provesDirectory?: string
}

/**
 * Writes down what was learned, of the app that was signed in with and, where a waiting credential was
 * accepted, only if it took over. Tenant (and its guard), connection, credential are touched in this
 * order, before the run's row: everybody locks in the same order.
 */
export async function recordObservation(
  tx: Db,
  at: { tenantId: number; connectionId: number },
  seen: ConnectionObservation,
): Promise<void> {
  if (seen.provesDirectory) await proveTenant(tx, at.tenantId, seen.provesDirectory)
  if (!(await isStillThat(tx, at, seen.signedInAs))) return
  if (seen.next && !(await settleNext(tx, at, seen.next))) return
  await updateConnection(tx, at, seen)
  if (seen.credential) await markCredential(tx, at.connectionId, seen.credential, seen.credentialId ?? null)
}

/** Whether the directory of a tenant `t` is another's: proven there, or still worked on from an archived one. */
const isElsewhere = sql`(
  exists (
    select from tenants o where o.directory_id = t.directory_id and o.id <> t.id
      and o.proven_at is not null and o.state <> 'archived')
  or exists (
    select from operation_runs r where r.scope_key = 'microsoft:directory:' || t.directory_id
      and r.tenant_id <> t.id and r.status in ('queued', 'running')))`

/**
 * A directory belongs to the first tenant that proved control of it, until that one is archived. Whoever proves
 * the same after it is told so by the mark of a conflict. Nobody else decides about the directory meanwhile.
 */
async function proveTenant(tx: Db, tenantId: number, directoryId: string): Promise<void> {
  await lockDirectory(tx, directoryId)
  await sql`
    with seen as (
      select t.id, ${isElsewhere} as elsewhere from tenants t
      where t.id = ${tenantId} and t.directory_id = ${directoryId}::uuid
        and t.proven_at is null and t.state <> 'archived'
    ),
    told as (
      update tenants t set proven_at = case when seen.elsewhere then null else now() end,
        conflicted_at = case when seen.elsewhere then now() end
      from seen where t.id = seen.id and not (seen.elsewhere and t.conflicted_at is not null)
      returning t.id, t.workspace_id, seen.elsewhere
    )
    insert into audit_records (workspace_id, tenant_id, actor_kind, action, target_kind, target_id, outcome)
    select workspace_id, id, 'system', 'tenant.prove', 'tenant', id::text,
      case when elsewhere then 'conflict' else 'done' end
    from told`.execute(tx)
}

/** Lets one transaction at a time decide whose a directory is; taken before the tenant. */
export const lockDirectory = (tx: Db, directoryId: string) =>
  sql`select pg_advisory_xact_lock(hashtextextended('directory:' || ${directoryId}::text, 0))`.execute(tx)

/** Whether a connection still is what was signed in with, if that is known; locked, so that it stays so. */
async function isStillThat(
  tx: Db,
  { connectionId, tenantId }: { tenantId: number; connectionId: number },
  as: ConnectionObservation['signedInAs'],
): Promise<boolean> {
  const { rows } = await sql<{ clientId: string; directoryId: string }>`
    select client_id as "clientId", directory_id as "directoryId" from provider_connections
    where id = ${connectionId} and tenant_id = ${tenantId} for no key update`.execute(tx)
  const [now] = rows
  return !as || (now?.clientId === as.clientId && now.directoryId === as.directoryId)
}

async function updateConnection(
  tx: Db,
  { connectionId, tenantId }: { tenantId: number; connectionId: number },
  { checked, consent, granted, throttledForSeconds, verification }: ConnectionObservation,
): Promise<void> {
  const changes = [
    ...(granted ? [sql`granted_permissions = ${textArray(granted)}, evidence_at = now()`] : []),
    ...(consent ? [consentSeen(consent)] : []),
    ...(verification ? [sql`verification_status = ${verification}`] : []),
    ...(throttledForSeconds === undefined ? [] : [closedFor(throttledForSeconds)]),
    ...(checked
      ? [
          sql`last_check_at = now(), last_check_run_id = ${checked.runId},
            last_reason = ${checked.reason === null ? sql`null` : jsonb(checked.reason)}`,
        ]
      : []),
  ]
  if (changes.length === 0) return
  await sql`
    update provider_connections set ${sql.join(changes)}
    where id = ${connectionId} and tenant_id = ${tenantId}`.execute(tx)
}

/** A window never ends earlier than somebody was told. */
const closedFor = (seconds: number) =>
  sql`throttled_until = greatest(throttled_until, now() + ${seconds} * interval '1s')`

/** Lowered consent gives its proof up: only another sign-in of an administrator brings it back. */
const consentSeen = (consent: NonNullable<ConnectionObservation['consent']>) =>
  consent === 'granted'
    ? sql`consent_status = case connection_type when 'platform' then consent_status else 'granted' end`
    : sql`consent_status = ${consent}, consent_id = null`

/** A credential that was accepted again is no longer marked as rejected. */
const markCredential = (
  tx: Db,
  connectionId: number,
  verdict: 'accepted' | 'rejected',
  credentialId: string | null,
) =>
  sql`
    update credentials set rejected_at = ${verdict === 'rejected' ? sql`coalesce(rejected_at, now())` : sql`null`}
    where connection_id = ${connectionId} and slot = 'in_use'
      and (${credentialId}::uuid is null or id = ${credentialId}::uuid)
      and (rejected_at is null) = ${verdict === 'rejected'}`.execute(tx)

/**
 * What became of the credential that waited, if it is still the one that was tried: refused it goes on
 * waiting, marked; accepted it takes the place of the one in use, which is dropped. False where an accepted
 * one did not take over, because it was discarded or replaced meanwhile.
 */
async function settleNext(
  tx: Db,
  { connectionId, tenantId }: { tenantId: number; connectionId: number },
  { id, verdict }: NonNullable<ConnectionObservation['next']>,
): Promise<boolean> {
  if (verdict === 'rejected') {
    await sql`
      update credentials set rejected_at = now()
      where connection_id = ${connectionId} and slot = 'next' and id = ${id}::uuid`.execute(tx)
    return true
  }
  await sql`
    delete from credentials c where c.connection_id = ${connectionId} and c.slot = 'in_use' and exists (
      select 1 from credentials n
      where n.connection_id = c.connection_id and n.slot = 'next' and n.id = ${id}::uuid
    )`.execute(tx)
  const { rows } = await sql`
    with accepted as (
      update credentials set slot = 'in_use', rejected_at = null
      where connection_id = ${connectionId} and slot = 'next' and id = ${id}::uuid
      returning connection_id, kind, expires_at
    )
    insert into audit_records (workspace_id, tenant_id, actor_kind, action, target_kind, target_id, outcome, facts)
    select t.workspace_id, t.id, 'system', 'connection.credential.accept', 'connection', a.connection_id::text,
      'done', jsonb_build_object('kind', a.kind, 'expiresAt', a.expires_at)
    from accepted a join tenants t on t.id = ${tenantId} returning id`.execute(tx)
  return rows.length > 0
}
