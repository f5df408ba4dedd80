import { type RawBuilder, sql } from 'kysely'
import { type PersonalActor, reaches, roleThere, wayTo } from '../../access/index.ts'
import type { Db } from '../../database/index.ts'
import { credentialInUse } from '../../engine/gate/index.ts'
import { parseReason } from '../../engine/reasons/index.ts'
import type { WorkspaceId } from '../../kernel/index.ts'
import { isVerified, type OnboardingSession, type Verification } from './onboarding.ts'

/**
 * A session that the actor sees, wherever they are a member: they reach its tenant; one that has none yet is seen by
 * whoever began it and by those who reach all tenants. Undefined for every other, there or not.
 */
export async function sessionFor(
  db: Db,
  actor: PersonalActor,
  id: number,
): Promise<OnboardingSession | undefined> {
  return (await seen(db, actor, sql`s.id = ${id}`, 1))[0]
}

/** The open sessions of a workspace that the actor sees, the one changed last first. */
export const openSessions = (db: Db, actor: PersonalActor, workspaceId: WorkspaceId) =>
  seen(db, actor, sql`s.workspace_id = ${workspaceId} and s.state = 'open'`, 100)

/** The newest sessions of a workspace that have ended and that the actor sees. */
export const endedSessions = (db: Db, actor: PersonalActor, workspaceId: WorkspaceId) =>
  seen(db, actor, sql`s.workspace_id = ${workspaceId} and s.state <> 'open'`, 10)

type Row = Omit<OnboardingSession, 'verification'> & { readonly checked: Checked }

/** What is known of the checks of a session's connection since it was chosen. */
interface Checked {
  readonly atWork: number | null
  readonly last: {
    readonly runId: number
    readonly outcome: string
    readonly reason: unknown
    readonly at: string
  } | null
  readonly status: string | null
}

async function seen(
  db: Db,
  actor: PersonalActor,
  wanted: RawBuilder<unknown>,
  limit: number,
): Promise<OnboardingSession[]> {
  const { rows } = await sql<Row>`
    select s.id, s.workspace_id as "workspaceId", w.name as "workspaceName", ${roleThere} as role, s.state, s.version,
      s.begun_by_name as "begunBy", ${iso(sql`s.begun_at`)} as "begunAt", ${iso(sql`s.changed_at`)} as "changedAt",
      s.ended_by_name as "endedBy", ${iso(sql`s.ended_at`)} as "endedAt",
      case when t.id is not null then json_build_object('id', t.id, 'directoryId', t.directory_id, 'name', t.name,
        'domain', t.domain, 'state', t.state, 'provenAt', t.proven_at, 'conflictedAt', t.conflicted_at) end as tenant,
      case when c.id is not null then json_build_object('id', c.id, 'label', c.label, 'type', c.connection_type,
        'isEnabled', c.is_enabled, 'isDefault', c.is_default, 'credential', cr.kind) end as connection,
      json_build_object('atWork', (${checks(sql`r.status in ('queued', 'running')`, sql`r.id`)}),
        'last', (${checks(
          sql`r.status = 'completed' and r.outcome <> 'cancelled' and r.admitted_at is not null`,
          sql`json_build_object('runId', r.id, 'outcome', r.outcome, 'reason', r.reason,
            'at', ${iso(sql`r.finished_at`)})`,
        )}),
        'status', c.verification_status) as checked
    from onboarding_sessions s
    join workspaces w on w.id = s.workspace_id
    cross join lateral (
      select s.workspace_id, x.id, x.directory_id, x.name, x.domain, x.state, x.proven_at, x.conflicted_at
      from (values (1)) once (more) left join tenants x on x.id = s.tenant_id
    ) t
    ${wayTo(actor)}
    left join provider_connections c on c.id = s.connection_id
    left join ${credentialInUse}
    where ${wanted} and (
      case when t.id is null then s.begun_by = ${actor.userId} or wm.reach = 'all' else ${reaches} end)
    order by (s.state = 'open') desc, s.changed_at desc, s.id desc limit ${limit}`.execute(db)
  return rows.map(({ checked, ...row }) => ({ ...row, verification: verificationOf(row, checked) }))
}

/** The newest check of the chosen connection in a state, of those since it was chosen that looked at anything. */
const checks = (state: RawBuilder<unknown>, column: RawBuilder<unknown>) => sql`
  select ${column} from operation_runs r
  where r.tenant_id = s.tenant_id and r.operation = 'provider.connection.check'
    and r.provider_connection_id = s.connection_id and r.created_at >= s.connected_at and ${state}
  order by r.id desc limit 1`

/** What is known of a verification; a good one stays good while it is checked again. */
function verificationOf(session: Pick<OnboardingSession, 'tenant'>, checked: Checked): Verification {
  const known = lastVerification(session, checked)
  const { atWork } = checked
  return atWork === null || isVerified({ verification: known }) ? known : { kind: 'checking', runId: atWork }
}

function lastVerification(
  { tenant }: Pick<OnboardingSession, 'tenant'>,
  { last, status }: Checked,
): Verification {
  if (!last) return { kind: 'none' }
  const { at, outcome, runId } = last
  const reason = parseReason(last.reason)
  if (tenant?.conflictedAt)
    return {
      kind: 'blocked',
      runId,
      at,
      reason: { code: 'tenant_directory_claimed', since: tenant.conflictedAt },
    }
  if (outcome === 'succeeded' && status === 'unknown') return { kind: 'outdated' }
  if (outcome === 'succeeded' && status === 'healthy') return { kind: 'ready', runId, at, reason: null }
  if (outcome === 'succeeded' && status === 'degraded') return { kind: 'attention', runId, at, reason }
  return { kind: 'blocked', runId, at, reason }
}

const iso = (column: RawBuilder<unknown>) =>
  sql`to_char(${column} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')`

/** One change of a session, as its records tell. */
export interface SessionChange {
  readonly action: string
  readonly who: string
  readonly at: string
  readonly version: number
}

/** What was changed in a session after one of its versions, oldest first. */
export async function changesSince(
  db: Db,
  { id, workspaceId }: Pick<OnboardingSession, 'id' | 'workspaceId'>,
  version: number,
): Promise<SessionChange[]> {
  const { rows } = await sql<SessionChange>`
    select a.action, a.actor_name as who, ${iso(sql`a.at`)} as at, (a.facts ->> 'version')::bigint as version
    from audit_records a
    where a.target_kind = 'onboarding_session' and a.target_id = ${String(id)} and a.workspace_id = ${workspaceId} and a.outcome = 'done'
      and (a.facts ->> 'version')::bigint > ${version}
    order by a.id limit 20`.execute(db)
  return rows
}
