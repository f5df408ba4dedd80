import { type RawBuilder, sql } from 'kysely'
import {
  type Actor,
  type PersonalActor,
  personBehind,
  type Role,
  reaches,
  roleThere,
  wayTo,
} from '../../access/index.ts'
import type { Db } from '../../database/index.ts'
import type { ConnectionId, DirectoryId, TenantId } from '../../kernel/index.ts'
import type { ConnectionFacts } from '../../providers/index.ts'
import type { ActiveRunFacts, HaltFacts, StartFacts } from './start-facts.ts'

/** Which tenant a start is for: by its directory, by one of its connections, or by its record. */
export type StartTarget =
  | { readonly kind: 'directory'; readonly directoryId: DirectoryId }
  | { readonly kind: 'connection'; readonly connectionId: ConnectionId }
  | { readonly kind: 'tenant'; readonly tenantId: TenantId }

export interface GroundQuestion {
  readonly actor: Actor
  readonly target: StartTarget
  /** As it came in the path; whether it is known is judged later. */
  readonly operation: string
  /** The connection that was asked for; null means the default. */
  readonly connectionId: number | null
  readonly idempotencyKey: string | null
}

/** What the database knows about a start that an actor may at least see. */
export interface StartGround {
  readonly at: string
  readonly role: Role
  readonly tenant: StartFacts['tenant'] & { name: string; workspaceId: number; scopeKey: string }
  readonly pause: HaltFacts | null
  readonly freeze: HaltFacts | null
  readonly connectionCount: number
  readonly connection: ConnectionFacts | null
  readonly active: ActiveRunFacts | null
  readonly kept: { readonly requestHash: string; readonly answer: unknown } | null
}

/**
 * Everything about a start in one round trip: whether the actor sees the tenant and in which role,
 * what pauses or freezes it, the connection, the run that holds the scope, and a kept answer.
 * Undefined for whatever the actor may not see, absent or not: the same query, the same silence.
 */
export async function groundOfStart(db: Db, asked: GroundQuestion): Promise<StartGround | undefined> {
  const { rows } = await sql<StartGround>`
    select ${tenantColumns}, ${connectionOf(chosenConnection(asked))} as connection, ${activeRun} as active,
      ${freezeInForce} as freeze,
      (
        select ${haltFacts} from operational_controls h
        where h.operation = ${asked.operation} and (h.workspace_id is null or h.workspace_id = t.workspace_id)
          and ${inForce}
        order by h.workspace_id nulls first, h.ends_at desc nulls first, h.id limit 1
      ) as pause,
      ${keptAnswer(asked)} as kept
    from tenants t
    join tenant_guards g on g.tenant_id = t.id
    ${wayTo(asked.actor)}
    where ${targeted(asked.target)} and ${reaches} and ${hasAskedConnection(asked)}
    order by (t.state = 'archived'), (t.proven_at is not null) desc, t.id
    limit 1`.execute(db)
  return rows[0]
}

/** The ground of starts in one tenant, with the pauses in force by operation. */
export type TenantGround = Omit<StartGround, 'pause' | 'kept'> & {
  readonly pauses: Readonly<Record<string, HaltFacts>>
}

/**
 * The ground of every start with the default connection, for all tenants of a workspace that the actor
 * sees, or for one of them; by name. What the buttons say before the click comes from here.
 */
export async function groundsOfTenants(
  db: Db,
  actor: PersonalActor,
  workspaceId: number,
  tenantId: number | null = null,
): Promise<TenantGround[]> {
  const { rows } = await sql<TenantGround>`
    select ${tenantColumns}, ${connectionOf(sql`c.is_default`)} as connection, ${activeRun} as active,
      ${freezeInForce} as freeze,
      (
        select coalesce(json_object_agg(h.operation, ${haltFacts} order by h.workspace_id nulls last, h.ends_at nulls last, h.id desc), '{}')
        from operational_controls h
        where (h.workspace_id is null or h.workspace_id = t.workspace_id) and ${inForce}
      ) as pauses
    from tenants t
    join tenant_guards g on g.tenant_id = t.id
    ${wayTo(actor)}
    where t.workspace_id = ${workspaceId} and (${tenantId}::bigint is null or t.id = ${tenantId}) and ${reaches}
    order by t.name, t.id`.execute(db)
  return rows
}

/*
 * The parts below are subqueries and not joins: a join carries every column of every part through each of
 * its steps, and setting that up anew for each start took most of its time.
 */

const haltFacts = sql`json_build_object('why', h.why, 'by', h.author_name, 'until', h.ends_at)`

const inForce = sql`h.lifted_at is null and h.starts_at <= now() and (h.ends_at is null or h.ends_at > now())`

/** The connection row `c` with its credential in use `cr`, as the decision reads it. JSON writes times as ISO 8601. */
export const connectionFacts = sql<ConnectionFacts>`
  json_build_object(
    'id', c.id, 'label', c.label, 'provider', c.provider, 'version', c.version, 'isEnabled', c.is_enabled,
    'type', c.connection_type, 'clientId', c.client_id, 'directoryId', c.directory_id, 'consent', c.consent_status,
    'credential', case when cr.connection_id is null then json_build_object('kind', 'missing')
      else json_build_object('kind', 'present', 'form', cr.kind,
        'expiresAt', cr.expires_at, 'rejectedAt', cr.rejected_at) end,
    'nextCredential', case when c.next_credential_until is not null
      then json_build_object('expiresAt', nullif(c.next_credential_until, 'infinity')) end,
    'evidence', case when c.evidence_at is not null then json_build_object(
      'permissions', c.granted_permissions, 'seenAt', c.evidence_at) end,
    'throttledUntil', c.throttled_until
  )`

/** The credential `cr` that work through the connection `c` is done with, to be joined. */
export const credentialInUse = sql`credentials cr on cr.connection_id = c.id and cr.slot = 'in_use'`

/** The chosen connection `c` of a tenant `t`; null without one. */
export const connectionOf = (chosen: RawBuilder<unknown>) => sql<ConnectionFacts | null>`(
  select ${connectionFacts} from provider_connections c left join ${credentialInUse}
  where c.tenant_id = t.id and ${chosen}
)`

/** What a start is decided on, of the tenant `t` and its guard `g`. */
const tenantColumns = sql`
  to_char(now() at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') as at,
  ${roleThere} as role,
  json_build_object(
    'id', t.id, 'directoryId', t.directory_id, 'state', t.state, 'archivedAt', t.archived_at,
    'conflictedAt', t.conflicted_at, 'guardVersion', g.version, 'name', t.name, 'workspaceId', t.workspace_id, 'scopeKey', t.scope_key
  ) as tenant,
  (select count(*) from provider_connections n where n.tenant_id = t.id)::int as "connectionCount"`

/**
 * The run that holds the scope of a tenant `t`. It is looked up scope by scope: the planner expects a
 * handful of active runs, and in a join it would walk through all of them, however many there are.
 */
const activeRun = sql`(
  select json_build_object(
    'runId', a.id, 'identity', a.identity, 'operation', a.operation,
    'initiatorName', a.initiator_name, 'since', coalesce(a.started_at, a.created_at),
    'waitsUntil', case when a.status = 'queued' and a.wake_at > now() then a.wake_at end)
  from operation_runs a where a.scope_key = t.scope_key and a.status in ('queued', 'running')
)`

const freezeInForce = sql`(
  select ${haltFacts} from freeze_windows h where h.tenant_id = t.id and ${inForce} order by h.ends_at desc nulls first, h.id limit 1
)`

/** What was answered under the client's key within a day. */
const keptAnswer = ({ actor, idempotencyKey }: GroundQuestion) =>
  idempotencyKey === null
    ? sql`null::json`
    : sql`(
        select json_build_object('requestHash', k.request_hash, 'answer', k.answer) from idempotency_keys k
        where k.user_id = ${personBehind(actor).userId} and k.key = ${idempotencyKey}
          and k.created_at > now() - interval '24 hours'
      )`

const chosenConnection = ({ connectionId }: GroundQuestion) =>
  connectionId === null ? sql`c.is_default` : sql`c.id = ${connectionId}`

function targeted(target: StartTarget): RawBuilder<unknown> {
  if (target.kind === 'directory') return sql`t.directory_id = ${target.directoryId}::uuid`
  if (target.kind === 'tenant') return sql`t.id = ${target.tenantId}`
  return sql`t.id = (select o.tenant_id from provider_connections o where o.id = ${target.connectionId})`
}

/** A connection that was asked for has to be the tenant's; nobody learns of any other. */
const hasAskedConnection = ({ connectionId }: GroundQuestion) =>
  connectionId === null
    ? sql`true`
    : sql`exists (select 1 from provider_connections c where c.id = ${connectionId} and c.tenant_id = t.id)`
