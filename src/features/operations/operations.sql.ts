import { type RawBuilder, sql } from 'kysely'
import { type PersonalActor, type Role, reaches, roleThere, wayTo } from '../../access/index.ts'
import { type Db, jsonb } from '../../database/index.ts'
import type { OperationCode } from '../../engine/catalog/index.ts'
import type { ItemFailure } from '../../engine/runs/index.ts'
import type { TenantId } from '../../kernel/index.ts'
import type { WaitKind } from './operations.words.ts'

/** An operation run as lists and pages show it. */
export interface RunRow {
  readonly id: number
  readonly operation: OperationCode
  readonly status: 'queued' | 'running' | 'completed'
  readonly outcome: 'succeeded' | 'partially_succeeded' | 'blocked' | 'failed' | 'cancelled' | null
  readonly reason: unknown
  readonly initiator_name: string | null
  readonly tenant_id: number
  readonly tenant_name: string
  readonly directory_id: string
  readonly counts: Readonly<Record<string, number>>
  readonly progress_done: number | null
  readonly progress_total: number | null
  readonly stopping: boolean
  readonly tries: number
  readonly heartbeat_at: Date | null
  readonly wake_at: Date | null
  /** What it waits for until `wake_at`, in nobody's hands; null where it only waits for a worker. */
  readonly waits_for: 'throttle_window' | 'answer' | null
  /** Since when it has come no further for that. */
  readonly held_up_since: Date | null
  readonly created_at: Date
  readonly started_at: Date | null
  readonly finished_at: Date | null
  readonly last_tried_at: Date | null
  readonly admitted: boolean
  /** The connection that it was admitted with. */
  readonly connection_label: string | null
}

/** One run with everything its page tells. */
export interface RunDetail extends RunRow {
  readonly role: Role
  readonly workspaceId: number
  readonly provider: string
  readonly selection: unknown
  readonly connection_id: number | null
  readonly correlation_id: string
  readonly attempt: number
  readonly failures: readonly ItemFailure[]
  /** When somebody asked it to stop, and who; null while nobody did. */
  readonly stop_asked_at: Date | null
  readonly stop_asked_by: string | null
  /** How often it was put aside since it last got further. */
  readonly waits: number
  /** Why it was put aside the last time; null when it never was. */
  readonly wait_kind: WaitKind | null
  readonly now: Date
}

/** The columns of a list's row, of a run `r` and its tenant `t`. */
export const rowColumns: RawBuilder<unknown> = sql`
  r.id, r.operation, r.status, r.outcome, r.reason, r.initiator_name, r.tenant_id, t.name as tenant_name,
  t.directory_id, r.counts, r.progress_done, r.progress_total, r.cancel_requested_at is not null as stopping,
  r.tries, r.heartbeat_at, r.wake_at, r.waits_for, r.held_up_since, r.created_at, r.started_at, r.finished_at, r.last_tried_at,
  r.admitted_at is not null as admitted,
  (select c.label from provider_connections c where c.id = r.provider_connection_id) as connection_label`

/** A run that the actor may see, whichever of his workspaces it belongs to; otherwise undefined. */
export async function runFor(db: Db, actor: PersonalActor, runId: number): Promise<RunDetail | undefined> {
  const { rows } = await sql<RunDetail>`
    select ${rowColumns}, ${roleThere} as role, r.workspace_id as "workspaceId", r.provider, r.selection, r.provider_connection_id as connection_id,
      r.correlation_id, r.attempt, r.failures, r.waits,
      (select e.kind from operation_run_events e where e.run_id = r.id and e.until is not null
        order by e.last_at desc, e.id desc limit 1) as wait_kind,
      r.cancel_requested_at as stop_asked_at, r.cancelled_by as stop_asked_by, now() as now
    from operation_runs r
    join tenants t on t.id = r.tenant_id
    ${wayTo(actor)}
    where r.id = ${runId} and ${reaches}`.execute(db)
  return rows[0]
}

/** The newest runs of one tenant that the actor sees. */
export async function runsOfTenant(
  db: Db,
  tenantId: TenantId,
  actor: PersonalActor,
  limit: number,
): Promise<RunRow[]> {
  const { rows } = await sql<RunRow>`
    select ${rowColumns} from operation_runs r join tenants t on t.id = r.tenant_id ${wayTo(actor)}
    where r.tenant_id = ${tenantId} and ${reaches}
    order by r.id desc limit ${limit}`.execute(db)
  return rows
}

/** The facts on which a start was decided, from its audit record. */
export async function decisionFactsOf(db: Db, tenantId: number, runId: number): Promise<unknown> {
  const row = await db
    .selectFrom('audit_records')
    .select('facts')
    .where('run_id', '=', runId)
    .where('tenant_id', '=', tenantId)
    .where('action', '=', 'operation.start')
    .orderBy('id')
    .limit(1)
    .executeTakeFirst()
  return row?.facts ?? null
}

/** Records what a person did to a run, or was not allowed to. */
export const recordRunAction = (
  db: Db,
  tenantId: number,
  record: {
    actor: PersonalActor
    workspaceId: number
    runId: number
    action: string
    outcome: string
    /** Never a secret. */
    facts?: object
    correlationId: string
  },
) =>
  db
    .insertInto('audit_records')
    .values({
      workspace_id: record.workspaceId,
      tenant_id: tenantId,
      actor_kind: record.actor.kind,
      actor_id: record.actor.userId,
      actor_name: record.actor.name,
      action: record.action,
      target_kind: 'operation',
      target_id: String(record.runId),
      outcome: record.outcome,
      run_id: record.runId,
      facts: jsonb(record.facts ?? {}),
      correlation_id: record.correlationId,
    })
    .execute()
