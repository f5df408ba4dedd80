import { type RawBuilder, sql } from 'kysely'
import { type Db, jsonb } from '../../database/index.ts'
import { advanceFrom } from '../queue/index.ts'
import type { Ending } from './ending.ts'
import { isQueued, isRunning } from './status.sql.ts'

/** The state in which a run has to be found for its ending to count. */
export type Expected =
  | { readonly status: 'queued' }
  | { readonly status: 'running'; readonly fencingToken: number }
  /** A run whose worker went silent: nothing may have been heard of it since. */
  | { readonly status: 'running'; readonly fencingToken: number; readonly heartbeatAt: string }

/**
 * Ends a run by compare-and-set, with its audit record, the one notification of its initiator, and the word
 * to whoever waits for its scope, in one statement. False when the run is no longer in the expected state: then nothing was written.
 */
export async function endRun(db: Db, runId: number, expected: Expected, ending: Ending): Promise<boolean> {
  const { rows } = await sql<{ id: number }>`
    with run as (
      update operation_runs set
        status = 'completed', outcome = ${ending.outcome}, reason = ${reasonColumn(ending)},
        counts = ${countsColumn(ending)}, failures = ${failuresColumn(ending)},
        lease_until = null, wake_at = null, waits_for = null, finished_at = now()
      where id = ${runId} and ${stillAs(expected)}
      returning id, workspace_id, tenant_id, initiator_id, initiator_name, operation, outcome, reason, scope_key,
        correlation_id
    ),
    freed as (
      select scope_key from run
      union select t.scope_key from run join tenants t on t.id = run.tenant_id
    ),
    ${advanceFrom('freed')},
    told as (
      insert into notifications (user_id, run_id)
      select initiator_id, id from run where initiator_id is not null
      on conflict (run_id) do nothing
    ),
    audited as (
      insert into audit_records (
        workspace_id, tenant_id, actor_kind, action, target_kind, target_id, outcome, run_id, facts, correlation_id
      )
      select workspace_id, tenant_id, 'system', 'operation.finish', 'operation', operation, outcome, id,
        jsonb_build_object('reason', reason), correlation_id::text
      from run
    )
    select id from run where (select count(*) from notified) >= 0`.execute(db)
  return rows.length > 0
}

function stillAs(expected: Expected): RawBuilder<unknown> {
  if (expected.status === 'queued') return isQueued
  const held = sql`${isRunning} and fencing_token = ${expected.fencingToken}`
  return 'heartbeatAt' in expected
    ? sql`${held} and heartbeat_at = ${expected.heartbeatAt}::timestamptz`
    : held
}

function reasonColumn(ending: Ending) {
  const reason = ending.outcome === 'succeeded' ? ending.finding : ending.reason
  return reason === null ? sql`null` : jsonb(reason)
}

/** What was counted with the last page stays where the end says nothing of it. */
const countsColumn = (ending: Ending) =>
  'counts' in ending ? sql`counts || ${jsonb(ending.counts)}` : sql`counts`
const failuresColumn = (ending: Ending) => ('failures' in ending ? jsonb(ending.failures) : sql`'[]'::jsonb`)
