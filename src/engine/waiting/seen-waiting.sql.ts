import { type RawBuilder, sql } from 'kysely'
import { type PersonalActor, type Role, reaches, roleThere, wayTo } from '../../access/index.ts'
import type { Db } from '../../database/index.ts'
import type { OperationCode } from '../catalog/index.ts'

/** The run that a waiting start waits for. Times are ISO 8601 texts. */
export interface HolderOfLine {
  readonly runId: number
  readonly operation: OperationCode
  readonly initiatorName: string | null
  readonly since: string
  readonly heartbeatAt: string | null
  readonly done: number | null
  readonly total: number | null
  readonly waitsUntil: string | null
}

/** A waiting start as somebody sees it who sees its tenant. */
export interface SeenWaiting {
  readonly id: number
  readonly state: 'waiting' | 'started' | 'joined' | 'refused' | 'cancelled' | 'skipped'
  readonly operation: OperationCode
  readonly person: { readonly id: string | null; readonly name: string }
  readonly connectionId: number | null
  readonly tenant: {
    readonly id: number
    readonly directoryId: string
    readonly name: string
    readonly workspaceId: number
  }
  readonly role: Role
  readonly since: string
  readonly endedAt: string | null
  /** Who cancelled or skipped it. */
  readonly cancelledBy: string | null
  /** The onboarding session of whose bootstrap it is a step; null for any other. */
  readonly sessionId: number | null
  /** A step of a bootstrap that cannot be tried yet, because of one before it. */
  readonly waitsInBootstrap: boolean
  /** Its place in the line, from 1; null once it waits no longer. */
  readonly place: number | null
  /** What it became, joined, or was recorded as. */
  readonly run: {
    readonly id: number
    readonly status: 'queued' | 'running' | 'completed'
  } | null
  /** Why it was refused. */
  readonly reason: unknown
  /** Whether this viewer asked for the same while it waited, and is told when nothing comes of it. */
  readonly isFollowed: boolean
  /** Whether anything holds the scope, and which run, as far as this viewer may know it. */
  readonly isHeld: boolean
  readonly holder: HolderOfLine | null
}

/** One waiting start, whichever of their workspaces it belongs to; undefined for whoever does not see its tenant. */
export async function waitingStartFor(
  db: Db,
  actor: PersonalActor,
  id: number,
): Promise<SeenWaiting | undefined> {
  return (await seen(db, actor, sql`w.id = ${id}`, 1))[0]
}

/** Everything that waits in a workspace, as far as the actor sees it, first come first; after a number, so many. */
export const waitingStartsOf = (
  db: Db,
  workspaceId: number,
  actor: PersonalActor,
  { after = null, limit }: { after?: number | null; limit: number },
): Promise<SeenWaiting[]> =>
  seen(
    db,
    actor,
    sql`w.workspace_id = ${workspaceId} and w.state = 'waiting' and w.id > coalesce(${after}::bigint, 0)`,
    limit,
  )

/** Everything that waits in one tenant, in the order in which it will be tried. */
export const waitingStartsOfTenant = (
  db: Db,
  tenantId: number,
  actor: PersonalActor,
): Promise<SeenWaiting[]> => seen(db, actor, sql`w.tenant_id = ${tenantId} and w.state = 'waiting'`, 20)

async function seen(db: Db, actor: PersonalActor, wanted: RawBuilder<unknown>, limit: number) {
  const { rows } = await sql<SeenWaiting>`
    select w.id, w.state, w.operation, json_build_object('id', w.person_id, 'name', w.person_name) as person,
      w.provider_connection_id as "connectionId",
      json_build_object('id', t.id, 'directoryId', t.directory_id, 'name', t.name, 'workspaceId', t.workspace_id) as tenant,
      ${roleThere} as role, ${iso(sql`w.asked_at`)} as since, ${iso(sql`w.ended_at`)} as "endedAt",
      coalesce(w.cancelled_by, w.skipped_by) as "cancelledBy",
      w.onboarding_session_id as "sessionId",
      w.state = 'waiting' and not waiting_start_may_go(w.onboarding_session_id, w.position) as "waitsInBootstrap",
      case when w.state = 'waiting' then (
        select count(*)::int from waiting_starts b
        where b.scope_key = w.scope_key and b.state = 'waiting' and b.id <= w.id) end as place,
      (select json_build_object('id', r.id, 'status', r.status) from operation_runs r where r.id = w.run_id) as run,
      case when w.state = 'refused'
        then coalesce(w.reason, (select r.reason from operation_runs r where r.id = w.run_id)) end as reason,
      exists (select from waiting_start_followers f
        where f.waiting_start_id = w.id and f.person_id = ${actor.userId}) as "isFollowed",
      w.state = 'waiting' and exists (${inTheWay(sql`1`)}) as "isHeld",
      (${inTheWay(holderColumns)} and w.state = 'waiting' and a.tenant_id = t.id) as holder
    from waiting_starts w
    join tenants t on t.id = w.tenant_id
    ${wayTo(actor)}
    where ${wanted} and ${reaches}
    order by w.id limit ${limit}`.execute(db)
  return rows
}

/** The run that holds the scope of a waiting start `w`. */
const inTheWay = (columns: RawBuilder<unknown>) => sql`
  select ${columns} from operation_runs a where a.scope_key = w.scope_key and a.status in ('queued', 'running')`

const holderColumns = sql`json_build_object(
  'runId', a.id, 'operation', a.operation, 'initiatorName', a.initiator_name,
  'since', coalesce(a.started_at, a.created_at), 'heartbeatAt', a.heartbeat_at, 'done', a.progress_done,
  'total', a.progress_total, 'waitsUntil', case when a.status = 'queued' and a.wake_at > now() then a.wake_at end)`

const iso = (column: RawBuilder<unknown>) =>
  sql`to_char(${column} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')`
