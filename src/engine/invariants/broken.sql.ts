import { sql } from 'kysely'
import type { Db } from '../../database/index.ts'
import { WAKE_QUEUE } from '../queue/index.ts'
import { type Offence, offences } from './offences.sql.ts'

/** Protected scopes that more than one queued or running run holds, or a run that holds somebody else's. */
export const scopesHeldTwice = (db: Db) =>
  offences(
    db,
    sql`
      select 'scope ' || scope_key as row, 'is held by runs ' || string_agg(id::text, ', ' order by id) as says
      from operation_runs where status in ('queued', 'running')
      group by scope_key having count(*) > 1
      union all
      select 'run ' || r.id, 'holds the scope ' || r.scope_key || ', which is not its tenant''s'
      from operation_runs r
      where r.status in ('queued', 'running') and r.scope_key not in (
        'microsoft:directory:' || r.directory_id, 'microsoft:directory:' || r.directory_id || ':tenant:' || r.tenant_id)`,
  )

/**
 * Admitted runs and their admission records that did not come into being together. Both carry the time
 * at which their transaction began: one commit, one time.
 */
export const admissionsApart = (db: Db) =>
  offences(
    db,
    sql`
      select 'run ' || r.id as row, 'has no admission record of its own commit' as says
      from operation_runs r
      where r.admitted_at is not null and not exists (${admissionOf} and a.at = r.admitted_at)
      union all
      select 'run ' || r.id, 'is not the ' || a.target_id || ' that was admitted'
      from operation_runs r
      join audit_records a on a.run_id = r.id and a.action = 'operation.start' and a.outcome = 'accepted'
      where (r.operation, r.identity) is distinct from (a.target_id, a.facts -> 'facts' ->> 'identity')
      union all
      select 'audit record ' || a.id, 'says accepted, and its run ' || a.run_id || ' is not there'
      from audit_records a
      join workspaces w on w.id = a.workspace_id
      join tenants t on t.id = a.tenant_id
      left join operation_runs r on r.id = a.run_id and r.admitted_at is not null
      where a.action = 'operation.start' and a.outcome = 'accepted' and r.id is null and not ${wasRemoved}`,
  )

/** Queued runs for which nobody will be woken, although a sweep has passed since. */
export const runsWithoutWakeUp = (db: Db, sweepSeconds: number) =>
  offences(
    db,
    sql`
      select 'run ' || r.id as row, 'is queued since ' || r.created_at || ' and nobody will be woken for it' as says
      from operation_runs r
      where r.status = 'queued'
        and coalesce(r.wake_at, greatest(r.created_at, r.heartbeat_at)) < now() - ${sweepSeconds} * interval '1s'
        and not exists (
          select 1 from pgboss.job j
          where j.name = ${WAKE_QUEUE} and (j.data ->> 'runId')::bigint = r.id
            and j.state in ('created', 'retry', 'active'))`,
  )

/** Runs that more than one start was told it had been accepted for. */
export const runsAcceptedTwice = (db: Db) =>
  offences(
    db,
    sql`
      select 'run ' || run_id as row, 'was accepted ' || count(*) || ' times' as says
      from audit_records where action = 'operation.start' and outcome = 'accepted'
      group by run_id having count(*) > 1`,
  )

/**
 * Starts that were told of a run that was not active for them: one that was never admitted, or admitted
 * later, or whose end was there in the snapshot of the database that the answer was written on, or that
 * was not the one in their facts.
 */
export const joinedWhatWasNotActive = (db: Db) =>
  offences(
    db,
    sql`
      select 'audit record ' || j.id as row,
        'says ' || j.outcome || ' about run ' || j.run_id || case
          when r.id is null then ', which was never admitted'
          when ended.id is not null then ', which had ended'
          when r.id is distinct from (j.facts -> 'facts' -> 'active' ->> 'runId')::bigint then ', and was decided on another'
          else ', which is for ' || case when j.outcome = 'deduped' then 'another' else 'the same' end || ' identity'
        end as says
      from audit_records j
      join workspaces w on w.id = j.workspace_id
      join tenants t on t.id = j.tenant_id
      left join operation_runs r on r.id = j.run_id and exists (${admissionOf} and a.id < j.id)
      left join audit_records ended on ended.run_id = j.run_id and ended.action = 'operation.finish'
        and ended.id < j.id and pg_visible_in_snapshot(ended.written_by, j.seen)
      where j.action = 'operation.start' and j.outcome in ('deduped', 'scope_busy')
        and not coalesce(
          j.at < w.operations_removed_until and not exists (select from operation_runs o where o.id = j.run_id), false)
        and (
        r.id is null or ended.id is not null
        or r.id is distinct from (j.facts -> 'facts' -> 'active' ->> 'runId')::bigint
        or (j.outcome = 'deduped') <> (r.identity = j.facts -> 'facts' ->> 'identity'))`,
  )

/** Admitted runs that are not bound to the connection they were decided on. */
export const runsOffTheirConnection = (db: Db) =>
  offences(
    db,
    sql`
      select 'run ' || r.id as row,
        'uses connection ' || coalesce(r.provider_connection_id::text, 'none') || ' and was decided on '
          || coalesce(a.facts -> 'facts' -> 'connection' ->> 'id', 'none') as says
      from operation_runs r
      join audit_records a on a.run_id = r.id and a.action = 'operation.start' and a.outcome = 'accepted'
      where r.provider_connection_id is distinct from (a.facts -> 'facts' -> 'connection' ->> 'id')::bigint
      union all
      select 'run ' || r.id, 'uses connection ' || c.id || ' of another tenant'
      from operation_runs r join provider_connections c on c.id = r.provider_connection_id
      where c.tenant_id <> r.tenant_id`,
  )

/** Active runs that nobody was told had been accepted: they came in by another way. */
export const runsNobodyStarted = (db: Db) =>
  offences(
    db,
    sql`
      select 'run ' || r.id as row, 'is ' || r.status || ' without ever having been accepted' as says
      from operation_runs r
      where r.status in ('queued', 'running') and not exists (${admissionOf})`,
  )

/**
 * Runs that were changed by somebody who did not hold them: more attempts than tokens, an end that its
 * record does not tell, more ends than one, or a missing word to the person who started it.
 */
export const runsChangedByOthers = (db: Db) =>
  offences(
    db,
    sql`
      select 'run ' || id as row, 'began attempt ' || attempt || ' under token ' || fencing_token as says
      from operation_runs where attempt > fencing_token
      union all
      select 'run ' || r.id, 'has ' || count(a.id) || ' records of its end, and is ' || r.status
      from operation_runs r left join audit_records a on a.run_id = r.id and a.action = 'operation.finish'
      where r.admitted_at is not null
      group by r.id having count(a.id) <> case when r.status = 'completed' then 1 else 0 end
      union all
      select 'run ' || r.id, 'ended ' || r.outcome || ', and its record says ' || a.outcome
      from operation_runs r join audit_records a on a.run_id = r.id and a.action = 'operation.finish'
      where a.outcome <> r.outcome or a.facts -> 'reason' is distinct from coalesce(r.reason, 'null'::jsonb)
      union all
      select 'run ' || r.id, 'has ended, and its initiator was not told'
      from operation_runs r join workspaces w on w.id = r.workspace_id left join notifications n on n.run_id = r.id
      where r.admitted_at is not null and r.status = 'completed' and r.initiator_id is not null and n.id is null
        and r.finished_at >= coalesce(w.notifications_removed_until, '-infinity')
      union all
      select 'run ' || r.id, 'told somebody, and is ' || case when r.admitted_at is null then 'blocked at birth' else r.status end
      from operation_runs r join notifications n on n.run_id = r.id
      where r.status <> 'completed' or (r.admitted_at is null and not exists (
        select from audit_records a where a.run_id = r.id and a.action = 'operation.start' and a.outcome = 'blocked'
          and a.actor_kind = 'system' and a.facts -> 'onBehalfOf' is not null))
      union all
      select 'run ' || r.id, 'told somebody who did not start it'
      from operation_runs r join notifications n on n.run_id = r.id
      where n.user_id <> r.initiator_id`,
  )

/** Runs that call themselves succeeded over a failed item. */
export const successesWithFailures = (db: Db) =>
  offences(
    db,
    sql`
      select 'run ' || id as row, 'succeeded with failed items' as says from operation_runs
      where outcome = 'succeeded' and (failures <> '[]' or coalesce((counts ->> 'failed')::bigint, 0) > 0)`,
  )

/** Decisions that left no audit record, or more than one. */
export const decisionsNotRecordedOnce = (db: Db) =>
  offences(
    db,
    sql`
      select 'run ' || r.id as row, 'was blocked ' || r.tries || ' times, with ' || count(a.id) || ' records' as says
      from operation_runs r
      left join audit_records a on a.run_id = r.id and a.action = 'operation.start' and a.outcome = 'blocked'
      where r.admitted_at is null
      group by r.id having count(a.id) <> r.tries
      union all
      select 'start ' || correlation_id, 'has ' || count(*) || ' records of one decision'
      from audit_records
      where action = 'operation.start' and outcome in ('accepted', 'deduped', 'scope_busy', 'blocked')
      group by correlation_id, tenant_id, target_id having count(*) > 1`,
  )

/** A recorded decision with the facts it was made on. */
export interface RecordedDecision {
  readonly id: number
  readonly outcome: string
  readonly facts: unknown
  /** The code of the reason that the run was recorded with. */
  readonly reasonCode: string | null
}

/** The decisions after a record, in order; a thousand at a time. */
export async function decisionsAfter(db: Db, id: number): Promise<RecordedDecision[]> {
  const { rows } = await sql<RecordedDecision>`
    select a.id, a.outcome, a.facts -> 'facts' as facts, r.reason ->> 'code' as "reasonCode"
    from audit_records a
    join workspaces w on w.id = a.workspace_id
    join tenants t on t.id = a.tenant_id
    left join operation_runs r on r.id = a.run_id and r.admitted_at is null
    where a.action = 'operation.start' and a.outcome in ('accepted', 'deduped', 'scope_busy', 'blocked') and a.id > ${id}
      and not (a.outcome = 'blocked' and ${wasRemoved})
    order by a.id limit 1000`.execute(db)
  return rows
}

/** Which of these rules the database does not keep: constraints, indexes and triggers that are missing or switched off. */
export async function rulesNotInForce(db: Db, rules: readonly string[]): Promise<Offence[]> {
  const { rows } = await sql<Offence>`
    select name as row, 'is missing or switched off' as says
    from json_array_elements_text(${JSON.stringify(rules)}::json) as rule (name)
    where not exists (select 1 from pg_constraint c where c.conname = name and c.convalidated)
      and not exists (select 1 from pg_trigger t where t.tgname = name and t.tgenabled in ('O', 'A'))
      and not exists (
        select 1 from pg_index i join pg_class x on x.oid = i.indexrelid
        where x.relname = name and i.indisunique and i.indisvalid and i.indisready)`.execute(db)
  return rows
}

/** The record that says a run `r` was accepted. */
const admissionOf = sql`
  select 1 from audit_records a
  where a.run_id = r.id and a.action = 'operation.start' and a.outcome = 'accepted'`

/** Whether the run of a record `a` in a workspace `w` is gone because it was kept for as long as it had to be. */
const wasRemoved = sql`coalesce(
  a.at < w.operations_removed_until and not exists (select from operation_runs o where o.id = a.run_id), false)`
