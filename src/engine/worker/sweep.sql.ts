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

/** Running runs whose lease ended longer ago than a request to Microsoft may take, oldest first. */
export async function silentRuns(db: Db, requestTimeoutSeconds: number): Promise<SilentRun[]> {
  const { rows } = await sql<SilentRun>`
    select id, operation, attempt, fencing_token as "fencingToken", heartbeat_at::text as "heartbeatAt"
    from operation_runs
    where status = 'running' and lease_until < now() - ${requestTimeoutSeconds} * interval '1s'
    order by lease_until limit 100`.execute(db)
  return rows
}

/** Queues a silent run again under a new token, waking a worker; false when it showed a sign of life. */
export async function requeue(db: Db, run: SilentRun): Promise<boolean> {
  const { rows } = await sql`
    with run as (
      update operation_runs set status = 'queued', lease_until = null, fencing_token = fencing_token + 1
      where id = ${run.id} and ${isRunning} and fencing_token = ${run.fencingToken}
        and heartbeat_at = ${run.heartbeatAt}::timestamptz
      returning id, tenant_id
    ),
    ${eventOf('run', 'rescued')},
    ${wakeFrom('run')}
    select id from run where (select count(*) from notified) >= 0`.execute(db)
  return rows.length > 0
}
