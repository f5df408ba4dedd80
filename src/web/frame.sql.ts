import { sql } from 'kysely'
import { type PersonalActor, reaches, wayTo } from '../access/index.ts'
import type { Db } from '../database/index.ts'
import type { OperationCode } from '../engine/catalog/index.ts'
import type { WorkspaceId } from '../kernel/index.ts'

/** A run at work, as the strip in the frame shows it. */
export interface ActiveRun {
  readonly id: number
  readonly operation: OperationCode
  readonly tenant: string
  readonly status: 'queued' | 'running'
  readonly stopping: boolean
  /** Until when it waits in nobody's hands (ISO 8601); null when it does not. */
  readonly waitsUntil: string | null
  /** How long ago its worker gave a sign of life; null while no worker has it. */
  readonly silentSeconds: number | null
  readonly done: number | null
  readonly total: number | null
}

/** What the frame shows of a workspace: numbers, at most three runs at work, unread notifications. */
export interface FrameFacts {
  readonly tenants: number
  readonly active: number
  readonly shown: readonly ActiveRun[]
  readonly unread: number
}

/** Everything the frame shows, as far as the actor may see it, in one round trip. */
export async function frameFacts(
  db: Db,
  actor: PersonalActor,
  workspaceId: WorkspaceId,
): Promise<FrameFacts> {
  const { rows } = await sql<FrameFacts>`
    with visible as (
      select t.id, t.name from tenants t ${wayTo(actor)} where t.workspace_id = ${workspaceId} and ${reaches}
    ),
    working as (
      select r.id, r.operation, v.name as tenant, r.status, r.cancel_requested_at is not null as stopping,
        case when r.status = 'queued' and r.wake_at > now() then r.wake_at end as "waitsUntil",
        case when r.status = 'running' then extract(epoch from now() - r.heartbeat_at)::float8 end as "silentSeconds",
        r.progress_done as done, r.progress_total as total
      from operation_runs r join visible v on v.id = r.tenant_id
      where r.status in ('queued', 'running')
    )
    select
      (select count(*) from visible)::int as tenants,
      (select count(*) from working)::int as active,
      (select coalesce(json_agg(w), '[]') from (select * from working order by id desc limit 3) w) as shown,
      (select count(*) from notifications n left join operation_runs r on r.id = n.run_id
        left join waiting_starts s on s.id = n.waiting_start_id
        join tenants t on t.id = coalesce(r.tenant_id, s.tenant_id) ${wayTo(actor)}
        where n.user_id = ${actor.userId} and n.read_at is null and ${reaches})::int as unread
  `.execute(db)
  return rows[0] ?? { tenants: 0, active: 0, shown: [], unread: 0 }
}
