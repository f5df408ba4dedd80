import { type RawBuilder, sql } from 'kysely'
import type { Db } from '../../database/index.ts'
import type { ConnectionId, TenantId } from '../../kernel/index.ts'
import { wakeFrom } from '../queue/index.ts'

/**
 * Wakes what waits for Microsoft in a tenant that was archived just now, inside the transaction that archived it: it is
 * authorised again at once, ends, and lets go of its scope.
 */
export const wakeWaitingOf = (tx: Db, tenantId: TenantId) => wakeWaiting(tx, sql`r.tenant_id = ${tenantId}`)

/** The same for what waits with a connection that was switched off. */
export const wakeWaitingWith = (tx: Db, tenantId: TenantId, connectionId: ConnectionId) =>
  wakeWaiting(tx, sql`r.tenant_id = ${tenantId} and r.provider_connection_id = ${connectionId}`)

/**
 * The runs are locked first: one that is being put aside at this moment is either seen waiting by the statement after
 * that, or finds out by itself (`wakeWithoutGround`).
 */
async function wakeWaiting(tx: Db, which: RawBuilder<unknown>): Promise<void> {
  await sql`
    select r.id from operation_runs r where ${which} and r.status in ('queued', 'running')
    order by r.id for no key update`.execute(tx)
  await wakeNow(tx, which)
}

/**
 * Wakes a run that was put aside just now, in the same transaction, if its tenant was archived or its connection
 * switched off meanwhile: nobody else would do so before its time.
 */
export const wakeWithoutGround = (tx: Db, runId: number) =>
  wakeNow(
    tx,
    sql`r.id = ${runId} and exists (
      select from tenants t join provider_connections c on c.tenant_id = t.id
      where t.id = r.tenant_id and c.id = r.provider_connection_id and (t.state = 'archived' or not c.is_enabled))`,
  )

/** The wake-up that each has for later finds a run that has ended, or gone on, and does nothing. */
const wakeNow = (tx: Db, which: RawBuilder<unknown>) =>
  sql`
    with woken as (
      update operation_runs r set wake_at = now()
      where ${which} and r.status = 'queued' and r.waits_for is not null and r.wake_at > now()
      returning r.id
    ),
    ${wakeFrom('woken')}
    select id from woken where (select count(*) from notified) >= 0`.execute(tx)
