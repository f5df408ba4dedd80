import { sql } from 'kysely'
import type { PersonalActor } from '../../access/index.ts'
import { type Db, jsonb, textArray } from '../../database/index.ts'
import { OPERATION_CODES, type OperationCode, usualSelection } from '../catalog/index.ts'
import { advanceFrom } from '../queue/index.ts'

/** One operation of a bootstrap. Times are ISO 8601 texts. */
export interface BootstrapStep {
  readonly id: number
  readonly operation: OperationCode
  /** A step whose run did not end well is pending again, and still names that run. */
  readonly state: 'pending' | 'active' | 'finished' | 'skipped'
  readonly askedBy: string
  readonly skippedBy: string | null
  /** Why it did not end well, or was given up without a run; null while nothing stands against it. */
  readonly reason: unknown
  readonly run: {
    readonly id: number
    readonly status: 'queued' | 'running' | 'completed'
    readonly outcome: 'succeeded' | 'partially_succeeded' | 'blocked' | 'failed' | 'cancelled' | null
    readonly done: number | null
    readonly total: number | null
    readonly waitsUntil: string | null
    readonly startedAt: string | null
    readonly finishedAt: string | null
  } | null
}

/** The steps of a session's bootstrap in their order, without those that were dropped. */
export async function stepsOf(db: Db, sessionId: number): Promise<BootstrapStep[]> {
  const { rows } = await sql<BootstrapStep>`
    select w.id, w.operation, w.person_name as "askedBy", w.skipped_by as "skippedBy",
      coalesce(r.reason, w.reason) as reason,
      case when w.state = 'skipped' then 'skipped' when w.state = 'waiting' then 'pending'
        when r.status <> 'completed' then 'active' when ended_well(w.run_id) then 'finished'
        else 'pending' end as state,
      case when r.id is not null then json_build_object('id', r.id, 'status', r.status, 'outcome', r.outcome,
        'done', r.progress_done, 'total', r.progress_total,
        'waitsUntil', case when r.status = 'queued' and r.wake_at > now() then r.wake_at end,
        'startedAt', r.started_at, 'finishedAt', r.finished_at) end as run
    from waiting_starts w left join operation_runs r on r.id = w.run_id
    where w.onboarding_session_id = ${sessionId} and w.state <> 'cancelled'
    order by w.position`.execute(db)
  return rows
}

/** Operations that shall become steps of a bootstrap, and who asks for them. */
export interface Entering {
  readonly actor: PersonalActor
  readonly sessionId: number
  readonly tenantId: number
  readonly workspaceId: number
  readonly connectionId: number
  readonly operations: readonly OperationCode[]
}

/** Whether the run of a waiting start `w` has ended, and not well. */
const didNotEndWell = sql`(w.state in ('started', 'joined', 'refused') and not ended_well(w.run_id)
  and (w.run_id is null or exists (select from operation_runs r where r.id = w.run_id and r.status = 'completed')))`

/**
 * Puts operations into the bootstrap of a session that was touched in this transaction, in the order of the catalog.
 * One that was skipped, or did not end well, waits again; one that waits becomes a matter of whoever asks now; what is
 * at work or has finished stays as it is.
 */
export async function enterBootstrap(tx: Db, entering: Entering): Promise<void> {
  const { actor, connectionId, operations, sessionId, tenantId, workspaceId } = entering
  const tenant = tx.selectFrom('tenants').select('scope_key').where('id', '=', tenantId).forShare()
  const { scope_key: scopeKey } = await tenant.executeTakeFirstOrThrow()
  const steps = operations.map((operation) => ({
    operation,
    selection: usualSelection(operation),
    position: OPERATION_CODES.indexOf(operation),
  }))
  const keyId = actor.kind === 'api_key' ? actor.keyId : null
  await sql`
    with asked as (
      select * from jsonb_to_recordset(${jsonb(steps)})
        as s (operation text, selection jsonb, position smallint)
    ),
    again as (
      update waiting_starts w set state = 'waiting', run_id = null, ended_at = null, skipped_by = null,
        person_id = ${actor.userId}, person_name = ${actor.name}, key_id = ${keyId}::text, asked_at = now(),
        faults = 0, reason = null, scope_key = ${scopeKey}, provider_connection_id = ${connectionId}
      from asked
      where w.onboarding_session_id = ${sessionId} and w.operation = asked.operation
        and (w.state in ('waiting', 'skipped') or ${didNotEndWell})
    )
    insert into waiting_starts (
      workspace_id, tenant_id, person_id, person_name, key_id, operation, selection, provider_connection_id,
      scope_key, onboarding_session_id, position
    )
    select ${workspaceId}::bigint, ${tenantId}::bigint, ${actor.userId}::text, ${actor.name}::text, ${keyId}::text,
      operation, selection, ${connectionId}::bigint, ${scopeKey}, ${sessionId}::bigint, position
    from asked order by position
    on conflict (onboarding_session_id, operation)
      where onboarding_session_id is not null and state <> 'cancelled' do nothing`.execute(tx)
}

/** What may be done with a step that is to come: leave it out but keep it in view, or take it out of the selection. */
export type LeavesAs = 'skip' | 'drop'

/**
 * Skips or drops steps that are to come, and sends word to the scope, because what stood behind them may start now;
 * answers which. What is at work or has finished stays as it is.
 */
export async function leaveBootstrap(
  tx: Db,
  sessionId: number,
  actor: PersonalActor,
  { how, operations }: { how: LeavesAs; operations: readonly OperationCode[] },
): Promise<OperationCode[]> {
  const skips = how === 'skip'
  const { rows } = await sql<{ operation: OperationCode }>`
    with gone as (
      update waiting_starts w set state = ${skips ? 'skipped' : 'cancelled'}, ended_at = now(),
        skipped_by = ${skips ? actor.name : null}::text, cancelled_by = ${skips ? null : actor.name}::text,
        cancelled_by_id = ${skips ? null : actor.userId}::text, reason = null,
        run_id = ${skips ? sql`w.run_id` : sql`null`}
      where w.onboarding_session_id = ${sessionId} and w.operation = any(${textArray(operations)})
        and (w.state = 'waiting' or ${didNotEndWell})
      returning w.operation, w.tenant_id, w.position
    ),
    scopes as (select distinct t.scope_key from gone join tenants t on t.id = gone.tenant_id),
    ${advanceFrom('scopes')}
    select operation from gone where (select count(*) from notified) >= 0 order by position`.execute(tx)
  return rows.map(({ operation }) => operation)
}
