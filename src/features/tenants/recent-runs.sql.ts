import { sql } from 'kysely'
import { type PersonalActor, reaches, wayTo } from '../../access/index.ts'
import type { Db } from '../../database/index.ts'
import type { OperationCode } from '../../engine/catalog/index.ts'
import type { Counts } from '../../engine/runs/index.ts'
import type { DirectoryId, TenantId, WorkspaceId } from '../../kernel/index.ts'

/** A run as a short list shows it. */
export interface ListedRun {
  readonly id: number
  readonly operation: OperationCode
  readonly tenant: string
  readonly directoryId: DirectoryId
  readonly initiatorName: string | null
  readonly status: 'queued' | 'running' | 'completed'
  readonly outcome: 'succeeded' | 'partially_succeeded' | 'blocked' | 'failed' | 'cancelled' | null
  readonly stopping: boolean
  readonly waiting: boolean
  /** As stored; `parseReason` reads it. */
  readonly reason: unknown
  readonly counts: Counts
  readonly done: number | null
  readonly total: number | null
  readonly tries: number
  readonly createdAt: Date
  readonly startedAt: Date | null
  readonly finishedAt: Date | null
}

const listed = sql`
  r.id, r.operation, t.name as tenant, t.directory_id as "directoryId", r.initiator_name as "initiatorName",
  r.status, r.outcome, r.cancel_requested_at is not null as stopping,
  coalesce(r.wake_at > now(), false) as waiting, r.reason, r.counts,
  r.progress_done as done, r.progress_total as total, r.tries, r.created_at as "createdAt",
  r.started_at as "startedAt", r.finished_at as "finishedAt"`

/** The newest runs of one tenant that the actor sees. */
export async function runsOfTenant(
  db: Db,
  tenantId: TenantId,
  actor: PersonalActor,
  limit: number,
): Promise<ListedRun[]> {
  const { rows } = await sql<ListedRun>`
    select ${listed} from operation_runs r join tenants t on t.id = r.tenant_id ${wayTo(actor)}
    where r.tenant_id = ${tenantId} and ${reaches}
    order by r.id desc limit ${limit}`.execute(db)
  return rows
}

/** The newest runs of a workspace's visible tenants that are at work, or that have ended. */
export async function runsOfWorkspace(
  db: Db,
  workspaceId: WorkspaceId,
  actor: PersonalActor,
  which: 'at_work' | 'ended',
  limit: number,
): Promise<ListedRun[]> {
  const { rows } = await sql<ListedRun>`
    select ${listed} from operation_runs r join tenants t on t.id = r.tenant_id ${wayTo(actor)}
    where r.workspace_id = ${workspaceId} and ${reaches}
      and ${which === 'ended' ? sql`r.status = 'completed'` : sql`r.status in ('queued', 'running')`}
    order by r.id desc limit ${limit}`.execute(db)
  return rows
}
