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
  /** The directory answered to this connection: whoever holds it has control of that directory. */
  readonly provesTenant?: boolean
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
  if (seen.provesTenant) await proveTenant(tx, at.tenantId)
  await updateConnection(tx, at, seen)
  if (seen.credential) await markCredential(tx, at.connectionId, seen.credential)
}

/** A directory belongs to the first tenant that proved control of it. */
const proveTenant = (tx: Db, tenantId: number) =>
  sql`
    update tenants t set proven_at = now()
    where t.id = ${tenantId} and t.proven_at is null and not exists (
      select 1 from tenants o where o.directory_id = t.directory_id and o.proven_at is not null
    )`.execute(tx)

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
