import { sql } from 'kysely'
import type { Role } from '../../access/index.ts'
import type { Db } from '../../database/index.ts'
import type { ConnectionFacts } from '../../providers/index.ts'
import type { OperationCode } from '../catalog/index.ts'
import { connectionOf } from '../gate/index.ts'

/** What an admitted run is authorised on, right before it is worked on. */
export interface RunFacts {
  readonly at: string
  readonly run: {
    readonly id: number
    readonly operation: OperationCode
    readonly status: 'queued' | 'running' | 'completed'
    /** Waiting until later, although queued. */
    readonly waits: boolean
    readonly attempt: number
    readonly cancelRequested: boolean
    readonly cancelledBy: string | null
  }
  readonly tenant: {
    readonly id: number
    readonly directoryId: string
    readonly state: 'draft' | 'onboarding' | 'active' | 'archived'
    readonly archivedAt: string | null
    readonly conflictedAt: string | null
    readonly guardVersion: number
  }
  /** The person the run belongs to; System has none. `role` is null once the way to the tenant is lost. */
  readonly initiator: { readonly role: Role | null } | null
  readonly connection: ConnectionFacts
}

/** Everything a worker has to know before it may touch a run, in one round trip. */
export async function factsOfRun(db: Db, runId: number): Promise<RunFacts | undefined> {
  const { rows } = await sql<RunFacts>`
    select
      to_char(now() at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') as at,
      json_build_object('id', r.id, 'operation', r.operation, 'status', r.status,
        'waits', coalesce(r.wake_at > now(), false), 'attempt', r.attempt,
        'cancelRequested', r.cancel_requested_at is not null, 'cancelledBy', r.cancelled_by) as run,
      json_build_object('id', t.id, 'directoryId', t.directory_id, 'state', t.state,
        'archivedAt', to_char(t.archived_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'),
        'conflictedAt', t.conflicted_at, 'guardVersion', g.version) as tenant,
      case when r.initiator_name is not null
        then json_build_object('role', case when wm.reach = 'all' or tm.tenant_id is not null
          then coalesce(tm.role, wm.role) end) end as initiator,
      ${connectionOf(sql`c.id = r.provider_connection_id`)} as connection
    from operation_runs r
    join tenants t on t.id = r.tenant_id
    join tenant_guards g on g.tenant_id = t.id
    left join workspace_memberships wm on wm.workspace_id = t.workspace_id and wm.user_id = r.initiator_id
    left join tenant_memberships tm on tm.membership_id = wm.id and tm.tenant_id = t.id
    where r.id = ${runId}`.execute(db)
  return rows[0]
}
