import { type RawBuilder, sql } from 'kysely'
import { type PersonalActor, reaches, wayTo } from '../../access/index.ts'
import { type Db, textArray } from '../../database/index.ts'
import { definitionOf, OPERATION_CODES } from '../../engine/catalog/index.ts'
import type { WorkspaceId } from '../../kernel/index.ts'
import { RECONCILED } from './freshness.ts'
import { type RunRow, rowColumns } from './operations.sql.ts'
import { NO_FILTER, type RunFilter, SYSTEM_STARTED } from './run-filter.ts'

/** Which runs of a workspace are wanted, newest first. */
export interface RunChoice {
  readonly show: 'active' | 'attention' | 'ended' | 'all'
  readonly limit: number
  readonly filter?: RunFilter
  /** Only runs older than this one; without it the newest. */
  readonly before?: number | null
  /** Only runs newer than this one, for the way back. */
  readonly after?: number | null
}

/** So many runs are looked through at once for those that a filter wants; a page costs no more, whatever it asks. */
export const LOOKED_THROUGH = 10_000

/** Runs of a workspace that the actor may see, newest first. */
export async function runsOf(
  db: Db,
  workspaceId: WorkspaceId,
  actor: PersonalActor,
  choice: RunChoice,
): Promise<RunRow[]> {
  const { after = null, filter = NO_FILTER, limit, show } = choice
  const { rows } = await sql<RunRow>`
    select * from (
      select ${rowColumns}
      from (${candidates(workspaceId, choice, LOOKED_THROUGH)}) r
      join tenants t on t.id = r.tenant_id
      ${wayTo(actor)}
      where ${reaches} and ${fits(filter)} ${show === 'ended' ? sql`and r.status = 'completed'` : sql``}
      order by r.id ${way(after)} limit ${limit}
    ) page order by id desc`.execute(db)
  return rows
}

/** The run at which looking ended because enough had been looked through; null when all were. */
export async function lookedThroughTo(
  db: Db,
  workspaceId: WorkspaceId,
  choice: RunChoice,
): Promise<number | null> {
  if (choice.show === 'active' || choice.show === 'attention') return null
  const edge = choice.after ? sql`max(r.id)` : sql`min(r.id)`
  const { rows } = await sql<{ edge: number; count: number }>`
    select ${edge} as edge, count(*)::int as count
    from (${candidates(workspaceId, choice, LOOKED_THROUGH)}) r`.execute(db)
  return rows[0] && rows[0].count === LOOKED_THROUGH ? rows[0].edge : null
}

/** How many runs the tabs hold under a filter, as far as the actor may see them. */
export async function runCounts(
  db: Db,
  workspaceId: WorkspaceId,
  actor: PersonalActor,
  filter: RunFilter = NO_FILTER,
): Promise<{ active: number; attention: number }> {
  const countOf = (show: RunChoice['show']) => sql`(
    select count(*)::int from (${candidates(workspaceId, { show, limit: 0, filter }, 0)}) r
    join tenants t on t.id = r.tenant_id ${wayTo(actor)}
    where ${reaches} and ${fits(filter)})`
  const { rows } = await sql<{ active: number; attention: number }>`
    select ${countOf('active')} as active, ${countOf('attention')} as attention`.execute(db)
  return rows[0] ?? { active: 0, attention: 0 }
}

const way = (after: number | null) => (after === null ? sql`desc` : sql`asc`)

/** Where a page is looked for: what is at work, the newest of each kind in each tenant, or one stretch of all. */
function candidates(
  workspaceId: WorkspaceId,
  { after = null, before = null, filter = NO_FILTER, show }: RunChoice,
  most: number,
): RawBuilder<unknown> {
  const within = sql`${before === null ? sql`true` : sql`r.id < ${before}`} and ${after === null ? sql`true` : sql`r.id > ${after}`}`
  if (show === 'active')
    return sql`select r.* from operation_runs r
      where r.workspace_id = ${workspaceId} and r.status in ('queued', 'running') and ${within}`
  if (show === 'attention')
    return sql`select r.* from tenants a
      cross join unnest(${textArray(OPERATION_CODES)}) as kinds (operation)
      cross join lateral (
        select n.* from operation_runs n where n.tenant_id = a.id and n.operation = kinds.operation
        order by n.id desc limit 1
      ) r
      where a.workspace_id = ${workspaceId} and r.outcome in ('blocked', 'failed', 'partially_succeeded') and ${within}`
  return sql`select r.* from operation_runs r
    where r.workspace_id = ${workspaceId} and ${within} and ${leading(filter, workspaceId)} ${since(filter, workspaceId)}
    order by r.id ${way(after)} limit ${most}`
}

/** The one condition that an index answers in the order of the list; the others are looked at run by run. */
function leading(filter: RunFilter, workspaceId: WorkspaceId): RawBuilder<unknown> {
  const { freshness, initiator, outcome, reason, status, tenant } = filter
  const isActive = status === 'queued' || status === 'running'
  if (isActive || freshness === 'fresh_active' || freshness === 'likely_stale')
    return sql`r.status in ('queued', 'running')`
  if (reason) return sql`r.reason is not null and r.reason ->> 'code' = ${reason}`
  if (freshness === 'reconciled_failed') return sql`r.reason is not null and ${isReconciled}`
  // Written out, so that the planner sees that the index of what did not succeed holds them.
  if (outcome && outcome !== 'succeeded') return sql`r.outcome = ${sql.lit(outcome)}`
  if (initiator && initiator !== SYSTEM_STARTED) return sql`r.initiator_id = ${initiator}`
  if (tenant)
    return sql`r.tenant_id = (
      select x.id from tenants x where x.workspace_id = ${workspaceId} and x.directory_id = ${tenant}::uuid)`
  return sql`true`
}

/**
 * The stretch of ids that a time range can be in, so that nothing beyond it is looked through. Ids are given in the
 * order of the statements and times in that of the transactions, so a hundred runs beside each edge are taken along.
 */
function since({ from, to }: RunFilter, workspaceId: WorkspaceId): RawBuilder<unknown> {
  const floor = from
    ? sql`and r.id >= coalesce((select min(x.id) from (
        select id from operation_runs where workspace_id = ${workspaceId} and created_at >= ${from}
        order by created_at limit 100) x), 9223372036854775807)`
    : sql``
  const ceiling = to
    ? sql`and r.id <= coalesce((select max(x.id) from (
        select id from operation_runs where workspace_id = ${workspaceId} and created_at < ${to}
        order by created_at desc limit 100) x), 0)`
    : sql``
  return sql`${floor} ${ceiling}`
}

/** Whether a run `r` of a tenant `t` is what a filter wants. */
function fits(filter: RunFilter): RawBuilder<unknown> {
  const { freshness, from, initiator, operation, outcome, reason, status, tenant, to } = filter
  const conditions = [
    tenant && sql`t.directory_id = ${tenant}::uuid`,
    status && sql`r.status = ${status}`,
    outcome && sql`r.outcome = ${outcome}`,
    operation && sql`r.operation = ${operation}`,
    initiator &&
      (initiator === SYSTEM_STARTED ? sql`r.initiator_name is null` : sql`r.initiator_id = ${initiator}`),
    reason && sql`r.reason ->> 'code' = ${reason}`,
    freshness && isAsFresh[freshness],
    from && sql`r.created_at >= ${from}`,
    to && sql`r.created_at < ${to}`,
  ].filter((condition) => condition !== null && condition !== undefined && condition !== '')
  return conditions.length === 0 ? sql`true` : sql.join(conditions, sql` and `)
}

const staleAfter = JSON.stringify(
  Object.fromEntries(OPERATION_CODES.map((code) => [code, definitionOf(code).staleAfterSeconds])),
)
const isSilent = sql`(r.status = 'running'
  and r.heartbeat_at < now() - (${staleAfter}::text::jsonb ->> r.operation)::float8 * interval '1s')`

// Written out, so that the planner sees which stretches of the index of reasons they are.
const isReconciled = sql`r.reason ->> 'code' in (${sql.join(RECONCILED.map((code) => sql.lit(code)))})`

/** The same as `freshnessOf` says of one run. */
const isAsFresh: Readonly<Record<NonNullable<RunFilter['freshness']>, RawBuilder<unknown>>> = {
  fresh_active: sql`r.status <> 'completed' and not ${isSilent}`,
  likely_stale: isSilent,
  reconciled_failed: sql`r.status = 'completed' and ${isReconciled}`,
  terminal_normal: sql`r.status = 'completed' and (${isReconciled}) is not true`,
}

/** What a filter can be chosen from: the tenants that the actor sees, and the people of the workspace. */
export async function filterChoices(
  db: Db,
  workspaceId: WorkspaceId,
  actor: PersonalActor,
): Promise<FilterChoices> {
  const { rows } = await sql<FilterChoices>`
    select
      (select coalesce(json_agg(json_build_object('value', t.directory_id, 'label', t.name) order by lower(t.name)), '[]')
        from tenants t ${wayTo(actor)} where t.workspace_id = ${workspaceId} and ${reaches}) as tenants,
      (select coalesce(json_agg(json_build_object('value', u.id, 'label', u.name) order by lower(u.name)), '[]')
        from workspace_memberships m join users u on u.id = m.user_id
        where m.workspace_id = ${workspaceId}) as people`.execute(db)
  return rows[0] ?? { tenants: [], people: [] }
}

interface Choice {
  readonly value: string
  readonly label: string
}

export interface FilterChoices {
  readonly tenants: readonly Choice[]
  readonly people: readonly Choice[]
}
