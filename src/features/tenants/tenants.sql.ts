import { sql } from 'kysely'
import { type PersonalActor, type Role, reaches, roleThere, wayTo } from '../../access/index.ts'
import { type Db, textArray } from '../../database/index.ts'
import { OPERATION_CODES, type OperationCode } from '../../engine/catalog/index.ts'
import { credentialInUse } from '../../engine/gate/index.ts'
import type { DirectoryId, TenantId, WorkspaceId } from '../../kernel/index.ts'
import { credentialUntried } from '../connections/index.ts'

/** A tenant as an actor sees it, wherever the actor is a member. */
export interface SeenTenant {
  readonly id: TenantId
  readonly directoryId: DirectoryId
  readonly name: string
  readonly domain: string | null
  readonly provenAt: Date | null
  /** When a check saw that the directory is managed in another workspace; null when none did. */
  readonly conflictedAt: Date | null
  /** Nothing has signed in with the default connection's credential since that was stored. */
  readonly isUntried: boolean
  readonly role: Role
  readonly workspaceId: WorkspaceId
  readonly workspaceName: string
}

/** Whether the tenant `t` would start with a credential that nothing has signed in with yet. */
const untried = () => sql`exists (
  select 1 from provider_connections c join ${credentialInUse}
  where c.tenant_id = t.id and c.is_default and ${credentialUntried})`

/**
 * The tenant of a directory that the actor sees, in the order in which a start would choose it; for bringing one
 * back from the archive, an archived one first.
 */
export async function tenantOfDirectory(
  db: Db,
  directoryId: DirectoryId,
  actor: PersonalActor,
  first: 'operated' | 'archived' = 'operated',
): Promise<SeenTenant | undefined> {
  const { rows } = await sql<SeenTenant>`
    select t.id, t.directory_id as "directoryId", t.name, t.domain, t.proven_at as "provenAt",
      t.conflicted_at as "conflictedAt", ${untried()} as "isUntried", ${roleThere} as role, w.id as "workspaceId", w.name as "workspaceName"
    from tenants t join workspaces w on w.id = t.workspace_id ${wayTo(actor)}
    where t.directory_id = ${directoryId}::uuid and ${reaches}
    order by (t.state = 'archived') = ${first === 'operated'}, (t.proven_at is not null) desc, t.id limit 1`.execute(
    db,
  )
  return rows[0]
}

/** What a list says of a tenant beside its readiness. Times are ISO 8601 texts. */
export interface TenantGlance {
  readonly id: number
  readonly domain: string | null
  readonly isProven: boolean
  readonly isUntried: boolean
  /** When each operation last succeeded, at least in part. */
  readonly successes: Readonly<Partial<Record<OperationCode, string>>>
  readonly atWork: {
    readonly runId: number
    readonly operation: OperationCode
    readonly done: number | null
    readonly total: number | null
  } | null
}

/** Domain, last successes and work under way of the tenants in a workspace that the actor sees. */
export async function glances(
  db: Db,
  workspaceId: WorkspaceId,
  actor: PersonalActor,
  tenantId: TenantId | null = null,
): Promise<TenantGlance[]> {
  const { rows } = await sql<TenantGlance>`
    with visible as (
      select t.id, t.domain, t.proven_at, t.scope_key, ${untried()} as untried from tenants t ${wayTo(actor)}
      where t.workspace_id = ${workspaceId} and (${tenantId}::bigint is null or t.id = ${tenantId}) and ${reaches}
    )
    select v.id, v.domain, v.proven_at is not null as "isProven", v.untried as "isUntried", coalesce(s.successes, '{}') as successes,
      case when a.id is not null then json_build_object('runId', a.id, 'operation', a.operation,
        'done', a.progress_done, 'total', a.progress_total) end as "atWork"
    from visible v
    left join operation_runs a on a.tenant_id = v.id and a.scope_key = v.scope_key
      and a.status in ('queued', 'running')
    left join lateral (
      select json_object_agg(o.code, l.finished_at) as successes
      from unnest(${textArray(OPERATION_CODES)}) as o(code) join lateral (
        select r.finished_at from operation_runs r
        where r.tenant_id = v.id and r.operation = o.code and r.outcome in ('succeeded', 'partially_succeeded')
        order by r.finished_at desc limit 1
      ) l on true
    ) s on true`.execute(db)
  return rows
}

/** The run that is queued or running in a tenant, whichever scope it was admitted with; or none. */
export async function runAtWork(db: Db, { directoryId, id }: Pick<SeenTenant, 'directoryId' | 'id'>) {
  const scope = `microsoft:directory:${directoryId}`
  return db
    .selectFrom('operation_runs')
    .select(['id', 'operation', 'status', 'initiator_name'])
    .where('scope_key', 'in', [scope, `${scope}:tenant:${id}`])
    .where('status', 'in', ['queued', 'running'])
    .where('tenant_id', '=', id)
    .orderBy('id', 'desc')
    .limit(1)
    .executeTakeFirst()
}
