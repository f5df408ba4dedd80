import { sql } from 'kysely'
import { type Db, jsonb } from '../../database/index.ts'
import type { Json } from '../../kernel/index.ts'
import type { OperationCode } from '../catalog/index.ts'
import { wakeFrom } from '../queue/index.ts'
import { type Counts, eventOf, isQueued, isRunning, type RunEventKind } from '../runs/index.ts'
import type { WaitsFor } from './decide-wait.ts'
import type { RunFacts } from './run-facts.sql.ts'

/** A run in the hands of this worker; every write names its token. */
export interface ClaimedRun {
  readonly id: number
  readonly workspaceId: number
  readonly tenantId: number
  readonly directoryId: string
  readonly operation: OperationCode
  readonly connectionId: number
  readonly selection: { readonly [key: string]: Json }
  /** Where an earlier attempt at this run got to; null at the beginning. */
  readonly checkpoint: Json | null
  readonly attempt: number
  /** How often it was put aside since it last got further, and for how long it has come no further since. */
  readonly waits: number
  readonly heldUpSeconds: number
  readonly fencingToken: number
  readonly correlationId: string
}

/**
 * Takes a queued run: guard and connection are locked as the facts saw them, then the run is leased
 * under a new token. Undefined when somebody was faster or the ground has shifted.
 */
export async function claim(db: Db, facts: RunFacts, leaseSeconds: number): Promise<ClaimedRun | undefined> {
  const { rows } = await sql<ClaimedRun>`
    with guard as (
      select tenant_id from tenant_guards
      where tenant_id = ${facts.tenant.id} and version = ${facts.tenant.guardVersion} for share
    ),
    pinned as (
      select c.id from provider_connections c join guard g on g.tenant_id = c.tenant_id
      where c.id = ${facts.connection.id} and c.version = ${facts.connection.version} for share of c
    ),
    run as (
      update operation_runs r set
        status = 'running', attempt = r.attempt + 1, fencing_token = r.fencing_token + 1,
        lease_until = now() + ${leaseSeconds} * interval '1s', heartbeat_at = now(),
        started_at = coalesce(r.started_at, now()), wake_at = null, waits_for = null
      from pinned
      where r.id = ${facts.run.id} and ${isQueued} and (r.wake_at is null or r.wake_at <= now())
      returning r.*
    ),
    ${eventOf('run', 'claimed')}
    select r.id, r.workspace_id as "workspaceId", r.tenant_id as "tenantId", r.directory_id as "directoryId",
      r.operation, r.provider_connection_id as "connectionId", r.selection, r.checkpoint, r.attempt,
      r.waits, coalesce(extract(epoch from now() - r.held_up_since), 0)::float8 as "heldUpSeconds",
      r.fencing_token as "fencingToken", r.correlation_id as "correlationId"
    from run r`.execute(db)
  return rows[0]
}

/** What a holder hears of its run: whether somebody asked to stop it, and who. */
export interface Word {
  readonly cancelRequested: boolean
  readonly cancelledBy: string | null
}

/** Says that the worker is alive and prolongs its lease. Undefined when the run is no longer this worker's. */
export async function heartbeat(db: Db, run: ClaimedRun, leaseSeconds: number): Promise<Word | undefined> {
  const { rows } = await sql<Word>`
    update operation_runs set heartbeat_at = now(), lease_until = now() + ${leaseSeconds} * interval '1s'
    where id = ${run.id} and ${isRunning} and fencing_token = ${run.fencingToken}
    returning cancel_requested_at is not null as "cancelRequested", cancelled_by as "cancelledBy"`.execute(db)
  return rows[0]
}

/** Notes how far a run has come; undefined when it is no longer this worker's. Total null means unknown. */
export async function noteProgress(
  db: Db,
  run: ClaimedRun,
  done: number,
  total: number | null,
): Promise<Word | undefined> {
  const { rows } = await sql<Word>`
    update operation_runs set progress_done = ${done}, progress_total = ${total}::bigint, heartbeat_at = now()
    where id = ${run.id} and ${isRunning} and fencing_token = ${run.fencingToken}
    returning cancel_requested_at is not null as "cancelRequested", cancelled_by as "cancelledBy"`.execute(db)
  return rows[0]
}

/** After a page: whether other runs could be claimed, if somebody had a free slot. */
export interface WordAfterPage extends Word {
  readonly othersQueue: boolean
}

/**
 * Notes a written page: how far the run has come, and from where it goes on. Attempts are counted anew from
 * there, for only those that come no further are to end. Undefined when it is no longer this worker's: then
 * the page must not count.
 */
export async function notePage(db: Db, run: ClaimedRun, page: NotedPage): Promise<WordAfterPage | undefined> {
  const { rows } = await sql<WordAfterPage>`
    update operation_runs r set progress_done = ${page.done}, progress_total = ${page.total}::bigint,
      heartbeat_at = now(), checkpoint = ${jsonb(page.checkpoint)}, counts = r.counts || ${jsonb(page.counts ?? {})}, attempt = 1, waits = 0, held_up_since = null
    where r.id = ${run.id} and ${isRunning} and r.fencing_token = ${run.fencingToken}
    returning r.cancel_requested_at is not null as "cancelRequested", r.cancelled_by as "cancelledBy",
      exists (
        select from operation_runs o where o.status = 'queued' and coalesce(o.wake_at, o.created_at) <= now()
      ) as "othersQueue"`.execute(db)
  return rows[0]
}

/** How far a run has come with a page, and from where it goes on. Total null means unknown. */
export interface NotedPage {
  readonly done: number
  readonly total: number | null
  readonly checkpoint: Json
  /** What was counted up to here, as the end would tell it: it stays when the run is stopped. */
  readonly counts?: Counts
}

/** Puts a run back for another worker, waking one; it keeps its scope and loses no attempt. */
export async function giveBack(db: Db, run: ClaimedRun, why: 'made_room' | 'handed_back'): Promise<boolean> {
  const { rows } = await sql`
    with run as (
      update operation_runs set
        status = 'queued', lease_until = null, attempt = attempt - 1, fencing_token = fencing_token + 1
      where id = ${run.id} and ${isRunning} and fencing_token = ${run.fencingToken}
      returning id, tenant_id
    ),
    ${eventOf('run', why)},
    ${wakeFrom('run')}
    select id from run where (select count(*) from notified) >= 0`.execute(db)
  return rows.length > 0
}

/** For what a run waits, and for how many seconds. */
export interface PutAside {
  readonly waitsFor: WaitsFor
  readonly seconds: number
}

/**
 * Puts a run aside for a time: it is in nobody's hands, keeps its scope and its attempts, and when the time is
 * over a worker is woken for it; at once if somebody wants it to stop.
 */
export async function putAside(db: Db, run: ClaimedRun, { seconds, waitsFor }: PutAside): Promise<boolean> {
  const { rows } = await sql`
    with run as (
      update operation_runs set
        status = 'queued', lease_until = null, attempt = attempt - 1, fencing_token = fencing_token + 1,
        wake_at = now() + case when cancel_requested_at is null then ${seconds}::float8 else 0 end * interval '1s', waits_for = ${waitsFor.kind}, waits = waits + 1,
        held_up_since = coalesce(held_up_since, now())
      where id = ${run.id} and ${isRunning} and fencing_token = ${run.fencingToken}
      returning id, tenant_id, wake_at
    ),
    ${eventOf('run', eventOfWait(waitsFor), sql`r.wake_at`)},
    ${wakeFrom('run', sql`r.wake_at`)}
    select id from run where (select count(*) from notified) >= 0`.execute(db)
  return rows.length > 0
}

function eventOfWait(waitsFor: WaitsFor): RunEventKind {
  if (waitsFor.kind === 'answer') return 'waits_for_answer'
  return waitsFor.seconds === null ? 'waits_unasked' : 'waits_as_asked'
}

/** Wakes another worker for a run that is still queued. */
export async function wake(db: Db, runId: number): Promise<void> {
  await sql`
    with run as (select id from operation_runs where id = ${runId} and ${isQueued}),
    ${wakeFrom('run')}
    select id from run where (select count(*) from notified) >= 0`.execute(db)
}
