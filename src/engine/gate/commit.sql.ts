import { type RawBuilder, sql } from 'kysely'
import { type Actor, personBehind } from '../../access/index.ts'
import { type Db, jsonb } from '../../database/index.ts'
import { wakeFrom } from '../queue/index.ts'
import type { Reason } from '../reasons/index.ts'
import { isActive } from '../runs/index.ts'
import { collapseKeyOf, type Selection } from './identity.ts'
import type { StartFacts } from './start-facts.ts'
import type { DraftOutcome, StartOutcome } from './start-outcome.ts'

/** What every commit writes beside its run: the audit record with its facts, and the kept answer. */
export interface Decision {
  readonly actor: Actor
  /** Whose run it is: the actor's own, or the person's on whose behalf System starts it. */
  readonly initiator: ReturnType<typeof personBehind>
  readonly facts: StartFacts
  readonly scopeKey: string
  readonly selection: Selection
  readonly draft: DraftOutcome
  readonly sourceSurface: string | null
  readonly correlationId: string
  readonly idempotency: { readonly key: string; readonly requestHash: string } | null
  /** The waiting start that this is, which leaves its line in the same commit; null for a start at the click. */
  readonly waitingStartId: number | null
  /** Nobody sees the answer: it came to its turn by itself. */
  readonly isUnattended: boolean
}

/** The run that a commit made, joined or counted on. */
export type RunRow = StartOutcome['run']

/**
 * Admits a start: the guard and the connection are locked as the facts saw them, then run, wake-up,
 * audit record and kept answer come into being together. Undefined when the ground has shifted or
 * another run has the scope: nothing was written, and the facts have to be read again.
 */
export async function admit(
  db: Db,
  decision: Decision,
  connection: { id: number; version: number },
): Promise<RunRow | undefined> {
  const { facts, draft, initiator } = decision
  const { rows } = await sql<RunRow>`
    with guard as (
      select tenant_id from tenant_guards
      where tenant_id = ${facts.tenant.id} and version = ${facts.tenant.guardVersion} for share
    ),
    pinned as (
      select c.id from provider_connections c join guard g on g.tenant_id = c.tenant_id
      where c.id = ${connection.id} and c.version = ${connection.version} for share of c
    ),
    ${inLine(decision, 'pinned')}
    run as (
      insert into operation_runs (
        workspace_id, tenant_id, initiator_id, initiator_name, operation, status, directory_id, scope_key,
        identity, selection, provider_connection_id, admitted_at, correlation_id
      )
      select ${draft.tenant.workspaceId}::bigint, ${facts.tenant.id}::bigint, ${initiator.userId}::text,
        ${initiator.name}::text, ${draft.operation}, 'queued', ${facts.tenant.directoryId}::uuid,
        ${decision.scopeKey}, ${facts.identity}, ${jsonb(decision.selection)}, pinned.id, now(),
        ${decision.correlationId}::uuid
      from pinned ${ifInLine(decision, sql`cross join in_line`)}
      on conflict (scope_key) where status in ('queued', 'running') do nothing
      returning id, status, tries
    ),
    ${wakeFrom('run')},
    ${leavesLine('run', decision)}
    ${recordsOf('run', decision)}
    select run.id, run.status, run.tries from run where (select count(*) from notified) >= 0`.execute(db)
  return rows[0]
}

/**
 * Joins a start to the run that holds the scope; undefined when that run has ended meanwhile. It
 * locks no run, so a worker's long batch keeps nobody waiting. One that waited is done when the run does the same work.
 */
export async function join(db: Db, decision: Decision, holderId: number): Promise<RunRow | undefined> {
  const { rows } = await sql<RunRow>`
    with ${inLine(decision)}
    holder as (
      select id, status, 1 as tries from operation_runs
      where id = ${holderId} and ${isActive} ${ifInLine(decision, sql`and exists (select from in_line)`)}
    ),
    ${leavesLine('holder', decision)}
    ${recordsOf('holder', decision)}
    select id, status, tries from holder`.execute(db)
  return rows[0]
}

/**
 * Records a blocked start: ended at birth, holding nothing, never queued. The same attempt within
 * fifteen minutes of the first one is counted on that record. One that came to its turn by itself has a record of its
 * own and tells its person, for nobody was looking.
 */
export async function block(db: Db, decision: Decision, reason: Reason): Promise<RunRow | undefined> {
  const { facts, draft, initiator } = decision
  const collapseKey = decision.isUnattended ? null : collapseKeyOf(decision.actor, facts.identity, reason)
  const { rows } = await sql<RunRow>`
    with ${inLine(decision)}
    past as (
      update operation_runs set collapse_key = null
      where collapse_key = ${collapseKey} and created_at <= now() - interval '15 minutes'
      returning id
    ),
    run as (
      insert into operation_runs (
        workspace_id, tenant_id, initiator_id, initiator_name, operation, status, outcome, reason, directory_id,
        scope_key, identity, selection, provider_connection_id, collapse_key, last_tried_at, finished_at,
        correlation_id
      )
      select ${draft.tenant.workspaceId}::bigint, ${facts.tenant.id}::bigint, ${initiator.userId}::text,
        ${initiator.name}::text, ${draft.operation}, 'completed', 'blocked', ${jsonb(reason)},
        ${facts.tenant.directoryId}::uuid, ${decision.scopeKey}, ${facts.identity}, ${jsonb(decision.selection)},
        ${draft.connection?.id ?? null}::bigint, ${collapseKey}, now(), now(), ${decision.correlationId}::uuid
      from (select count(*) from past) given_up ${ifInLine(decision, sql`cross join in_line`)}
      on conflict (collapse_key) where collapse_key is not null
        do update set tries = operation_runs.tries + 1, last_tried_at = now()
      returning id, status, tries
    ),
    ${ifUnattended(
      decision,
      sql`told as (
        insert into notifications (user_id, run_id)
        select u.id, run.id from run join users u on u.id = ${initiator.userId}
      ),`,
    )}
    ${leavesLine('run', decision)}
    ${recordsOf('run', decision)}
    select id, status, tries from run`.execute(db)
  return rows[0]
}

const ifInLine = ({ waitingStartId }: Decision, part: RawBuilder<unknown>) =>
  waitingStartId === null ? sql`` : part

const ifUnattended = ({ isUnattended }: Decision, part: RawBuilder<unknown>) => (isUnattended ? part : sql``)

/**
 * The step `in_line`: the waiting start, held as long as it still waits; after the step that is locked before it. Of
 * those that come to their turn only the first of a line is let in: work it could have joined may have ended just now.
 */
const inLine = (decision: Decision, after?: string) =>
  ifInLine(
    decision,
    sql`in_line as (
      select w.id from ${after ? sql`${sql.table(after)} cross join` : sql``} waiting_starts w
      where w.id = ${decision.waitingStartId} and w.state = 'waiting'
        ${decision.draft.kind === 'accepted' ? ifUnattended(decision, sql`and ${isFirst}`) : sql``}
      for update of w
    ),`,
  )

/** Whether nobody who may be tried stands before the waiting start `w`, and it may be tried itself. */
const isFirst = sql`waiting_start_may_go(w.onboarding_session_id, w.position) and not exists (
  select from waiting_starts b
  where b.scope_key = w.scope_key and b.state = 'waiting' and b.id < w.id
    and waiting_start_may_go(b.onboarding_session_id, b.position))`

const LEAVES_AS = { accepted: 'started', deduped: 'joined', blocked: 'refused' } as const

/** A step that takes the waiting start out of its line, naming the run of the step `about`; not while it waits on. */
function leavesLine(about: string, { draft, waitingStartId }: Decision): RawBuilder<unknown> {
  if (waitingStartId === null || draft.kind === 'scope_busy') return sql``
  return sql`
    left_line as (
      update waiting_starts w set state = ${LEAVES_AS[draft.kind]}, run_id = s.id, ended_at = now()
      from ${sql.table(about)} s where w.id = ${waitingStartId} and w.state = 'waiting'
    ),`
}

/** The audit record and the kept answer of a decision, written only if the step `about` has its row. */
function recordsOf(about: string, decision: Decision): RawBuilder<unknown> {
  const { actor, draft, facts, idempotency } = decision
  const person = personBehind(actor)
  const onBehalfOf = decision.isUnattended ? { onBehalfOf: decision.initiator } : {}
  const kept = { facts, sourceSurface: decision.sourceSurface, ...onBehalfOf }
  const audited = sql`
    audited as (
      insert into audit_records (
        workspace_id, tenant_id, actor_kind, actor_id, actor_name, action, target_kind, target_id, outcome,
        run_id, facts, correlation_id
      )
      select ${draft.tenant.workspaceId}::bigint, ${facts.tenant.id}::bigint, ${actor.kind}, ${person.userId}::text,
        ${person.name}::text, 'operation.start', 'operation', ${draft.operation}, ${draft.kind}, s.id,
        ${jsonb(kept)}, ${decision.correlationId}
      from ${sql.table(about)} s
    )`
  if (!idempotency) return audited
  return sql`${audited},
    answered as (
      insert into idempotency_keys (user_id, key, request_hash, answer)
      select ${person.userId}, ${idempotency.key}, ${idempotency.requestHash}, ${jsonb(draft)} ||
        jsonb_build_object('run', jsonb_build_object('id', s.id, 'status', s.status, 'tries', s.tries))
      from ${sql.table(about)} s
    )`
}
