import { sql } from 'kysely'
import type { Db } from '../../database/index.ts'
import { ADVANCE_QUEUE } from '../queue/index.ts'
import { type Offence, offences } from './offences.sql.ts'

/** Starts that wait for a scope that nobody holds, although a sweep has passed since and nobody will try them. */
export const forgottenInLine = (db: Db, sweepSeconds: number): Promise<Offence[]> =>
  offences(
    db,
    sql`
      select 'waiting start ' || w.id as row, 'waits for the scope ' || w.scope_key || ', which nobody holds' as says
      from waiting_starts w
      where w.state = 'waiting' and waiting_start_may_go(w.onboarding_session_id, w.position) and w.asked_at < now() - ${sweepSeconds} * interval '1s'
        and not exists (
          select from operation_runs r where r.scope_key = w.scope_key and r.status in ('queued', 'running'))
        and not exists (
          select from operation_runs r
          where r.tenant_id = w.tenant_id and r.admitted_at is not null and r.finished_at > now() - ${sweepSeconds} * interval '1s')
        and not exists (
          select from pgboss.job j
          where j.name = ${ADVANCE_QUEUE} and j.data ->> 'scopeKey' = w.scope_key
            and j.state in ('created', 'retry', 'active'))`,
  )

/**
 * Waiting starts that came to something else than they name: no decision of their own, another one, a run that is not
 * theirs, or one that two of them claim to have started; and those given up over faults without a record that says so.
 */
export const endedOtherwise = (db: Db): Promise<Offence[]> =>
  offences(
    db,
    sql`
      select 'waiting start ' || w.id as row, 'is ' || w.state || ', with ' || count(a.id) || ' decisions that say so' as says
      from waiting_starts w
      left join audit_records a on a.run_id = w.run_id and a.action = 'operation.start'
        and (a.facts -> 'facts' -> 'waited' ->> 'waitingStartId')::bigint = w.id
        and a.outcome = case w.state when 'started' then 'accepted' when 'joined' then 'deduped' else 'blocked' end
      where w.run_id is not null and w.state <> 'skipped'
      group by w.id having count(a.id) <> 1
      union all
      select 'waiting start ' || w.id, 'is refused without a run, and no record says that it was given up'
      from waiting_starts w
      where w.state = 'refused' and w.run_id is null and not exists (
        select from audit_records a
        where a.action = 'waiting_start.give_up' and a.target_id = w.id::text and a.outcome = 'failed')
      union all
      select 'waiting start ' || w.id, 'names run ' || r.id || ', which is another operation or tenant''s, or not its person''s'
      from waiting_starts w join operation_runs r on r.id = w.run_id
      where (w.tenant_id, w.operation) is distinct from (r.tenant_id, r.operation)
        or (w.state in ('started', 'refused') and w.person_id is distinct from r.initiator_id)
      union all
      select 'run ' || run_id, 'was started by ' || count(*) || ' waiting starts'
      from waiting_starts where state in ('started', 'refused') group by run_id having count(*) > 1
      union all
      select 'waiting start ' || w.id, 'was cancelled, and was started all the same'
      from waiting_starts w join audit_records a on a.action = 'operation.start'
        and (a.facts -> 'facts' -> 'waited' ->> 'waitingStartId')::bigint = w.id and a.outcome <> 'scope_busy'
      where w.state = 'cancelled' and w.onboarding_session_id is null
      union all
      select 'waiting start ' || w.id, 'stands in the line of ' || w.scope_key || ', which is not its tenant''s'
      from waiting_starts w join tenants t on t.id = w.tenant_id
      where w.state = 'waiting' and w.scope_key <> t.scope_key
        and not exists (
          select from operation_runs r where r.scope_key = w.scope_key and r.status in ('queued', 'running'))`,
  )

/** Waiting starts that overtook one who had asked before them and was still waiting then; a bootstrap keeps an order of its own. */
export const overtakers = (db: Db): Promise<Offence[]> =>
  offences(
    db,
    sql`
      select 'waiting start ' || later.id as row, 'was started before ' || earlier.id || ', which had asked before' as says
      from waiting_starts later join waiting_starts earlier
        on earlier.tenant_id = later.tenant_id and earlier.id < later.id
      where later.state = 'started' and (earlier.state = 'waiting' or earlier.ended_at > later.ended_at)
        and earlier.state <> 'cancelled'
        and later.onboarding_session_id is null and earlier.onboarding_session_id is null`,
  )
