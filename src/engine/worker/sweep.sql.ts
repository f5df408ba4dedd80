import { sql } from 'kysely'
import type { Db } from '../../database/index.ts'
import type { OperationCode } from '../catalog/index.ts'
import { WAKE_QUEUE, wakeFrom } from '../queue/index.ts'
import { eventOf, isRunning } from '../runs/index.ts'

/** A running run of which nothing was heard since its lease ended. */
export interface SilentRun {
  readonly id: number
  readonly operation: OperationCode
  readonly attempt: number
  readonly fencingToken: number
  readonly heartbeatAt: string
  readonly cancelRequested: boolean
  readonly cancelledBy: string | null
  /** When its lease ended; with the id, its place among those that are silent. */
  readonly leaseUntil: string
}

/**
 * Wakes a worker for every queued run that has no live wake-up any more; answers how many. A run that
 * was queued moments ago is left to its own wake-up. One that was taken long ago while the run is still
 * queued is not alive: the process that took it died before it claimed the run.
 */
export async function wakeForgotten(db: Db, graceSeconds: number): Promise<number> {
  const { rows } = await sql`
    with forgotten as (
      select r.id from operation_runs r
      where r.status = 'queued' and coalesce(r.wake_at, r.created_at) < now() - ${graceSeconds} * interval '1s'
        and not exists (
          select 1 from pgboss.job j
          where j.name = ${WAKE_QUEUE} and (j.data ->> 'runId')::bigint = r.id and (
            j.state in ('created', 'retry')
            or (j.state = 'active' and j.started_on > now() - ${graceSeconds} * interval '1s')
          )
        )
    ),
    ${wakeFrom('forgotten')}
    select id from forgotten where (select count(*) from notified) >= 0`.execute(db)
  return rows.length
}

/** So many silent runs are looked at together. */
export const AT_ONCE = 100

/**
 * Running runs whose lease ended longer ago than a request to Microsoft may take, oldest first; those after the given
 * one, so that what cannot be rescued is never all that is looked at.
 */
export async function silentRuns(
  db: Db,
  requestTimeoutSeconds: number,
  after: SilentRun | null = null,
): Promise<SilentRun[]> {
  const { rows } = await sql<SilentRun>`
    select id, operation, attempt, fencing_token as "fencingToken", heartbeat_at::text as "heartbeatAt",
      cancel_requested_at is not null as "cancelRequested", cancelled_by as "cancelledBy",
      lease_until::text as "leaseUntil"
    from operation_runs
    where status = 'running' and lease_until < now() - ${requestTimeoutSeconds} * interval '1s'
      and (${after?.leaseUntil ?? null}::timestamptz is null
        or (lease_until, id) > (${after?.leaseUntil ?? null}::timestamptz, ${after?.id ?? null}::bigint))
    order by lease_until, id limit ${AT_ONCE}`.execute(db)
  return rows
}

/** Queues a silent run again under a new token, waking a worker; false when it showed a sign of life or shall stop. */
export async function requeue(db: Db, run: SilentRun): Promise<boolean> {
  const { rows } = await sql`
    with run as (
      update operation_runs set status = 'queued', lease_until = null, fencing_token = fencing_token + 1
      where id = ${run.id} and ${isRunning} and fencing_token = ${run.fencingToken}
        and heartbeat_at = ${run.heartbeatAt}::timestamptz and cancel_requested_at is null
      returning id, tenant_id
    ),
    ${eventOf('run', 'rescued')},
    ${wakeFrom('run')}
    select id from run where (select count(*) from notified) >= 0`.execute(db)
  return rows.length > 0
}
