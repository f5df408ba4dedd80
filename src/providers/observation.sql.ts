import { sql } from 'kysely'
import { type Db, jsonb, textArray } from '../database/index.ts'

/** What a run learned about its connection, written in the commit that ends the run. */
export interface ConnectionObservation {
  /** Application permissions of the token it was given: granted, not merely requested. */
  readonly granted?: readonly string[]
  readonly consent?: 'required' | 'granted' | 'failed' | 'revoked'
  readonly verification?: 'healthy' | 'degraded' | 'blocked' | 'error'
  /** Whether the sign-in service took the credential. */
  readonly credential?: 'accepted' | 'rejected'
  readonly throttledUntil?: Date
  /** Set by a check: what it found first, or null when all is well. */
  readonly checked?: { readonly runId: number; readonly reason: unknown | null }
  /** The directory that let this connection in, as it was asked for: whoever holds it has control there. */
  readonly provesDirectory?: string
}

/**
 * Writes down what was learned. Tenant (and its guard), connection, credential are touched in this
 * order, before the run's row: everybody locks in the same order.
 */
export async function recordObservation(
  tx: Db,
  at: { tenantId: number; connectionId: number },
  seen: ConnectionObservation,
): Promise<void> {
  if (seen.provesDirectory) await proveTenant(tx, at.tenantId, seen.provesDirectory)
  await updateConnection(tx, at, seen)
  if (seen.credential) await markCredential(tx, at.connectionId, seen.credential)
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

async function updateConnection(
  tx: Db,
  { connectionId, tenantId }: { tenantId: number; connectionId: number },
  { checked, consent, granted, throttledUntil, verification }: ConnectionObservation,
): Promise<void> {
  const changes = [
    ...(granted ? [sql`granted_permissions = ${textArray(granted)}, evidence_at = now()`] : []),
    ...(consent ? [sql`consent_status = ${consent}`] : []),
    ...(verification ? [sql`verification_status = ${verification}`] : []),
    ...(throttledUntil ? [sql`throttled_until = ${throttledUntil}`] : []),
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

/** A credential that was accepted again is no longer marked as rejected. */
const markCredential = (tx: Db, connectionId: number, verdict: 'accepted' | 'rejected') =>
  sql`
    update credentials set rejected_at = ${verdict === 'rejected' ? sql`coalesce(rejected_at, now())` : sql`null`}
    where connection_id = ${connectionId}
      and (rejected_at is null) = ${verdict === 'rejected'}`.execute(tx)
