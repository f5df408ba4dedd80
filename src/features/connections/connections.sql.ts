import { type RawBuilder, sql } from 'kysely'
import { type PersonalActor, type Role, reaches, roleThere, wayTo } from '../../access/index.ts'
import type { Db } from '../../database/index.ts'
import { connectionFacts, credentialInUse } from '../../engine/gate/index.ts'
import type { ConnectionId, DirectoryId, TenantId, WorkspaceId } from '../../kernel/index.ts'
import type { ConnectionFacts, CredentialKind } from '../../providers/index.ts'

/** A connection as an actor sees it, with what a decision would read of it and nothing secret. */
export interface SeenConnection {
  readonly id: ConnectionId
  readonly facts: ConnectionFacts
  readonly clientId: string
  readonly isDefault: boolean
  readonly verification: string
  /** Nothing has signed in with its credential since that was stored. */
  readonly isUntried: boolean
  /** The credential that waits to be tried beside the one in use. */
  readonly next: NextCredential | null
  readonly lastReason: unknown
  readonly lastCheckAt: Date | null
  readonly lastCheckRunId: number | null
  readonly createdAt: Date
  /** The database's clock when this was read. */
  readonly at: Date
  readonly tenant: SeenTenant
  /** The label of the tenant's default connection; null without one. */
  readonly defaultLabel: string | null
}

/** A credential that was stored and has not been accepted yet. Times are ISO 8601 texts. */
export interface NextCredential {
  readonly kind: CredentialKind
  readonly expiresAt: string | null
  /** When Microsoft last refused it. */
  readonly rejectedAt: string | null
  readonly storedAt: string
}

/** A tenant that connections belong to, with the actor's role there. */
export interface SeenTenant {
  readonly id: TenantId
  readonly directoryId: DirectoryId
  readonly name: string
  readonly workspaceId: WorkspaceId
  readonly role: Role
  readonly state: 'draft' | 'onboarding' | 'active' | 'archived'
  /** ISO 8601. */
  readonly archivedAt: string | null
}

/** The connections of a workspace that the actor sees, by tenant; defaults first. */
export const connectionsOfWorkspace = (db: Db, workspaceId: WorkspaceId, actor: PersonalActor) =>
  seenConnections(db, actor, sql`t.workspace_id = ${workspaceId}`)

/** The connections of one tenant, if the actor sees it; the default first. */
export const connectionsOfTenant = (db: Db, tenantId: TenantId, actor: PersonalActor) =>
  seenConnections(db, actor, sql`t.id = ${tenantId}`)

/** One connection, wherever its tenant is visible to the actor. */
export async function connectionById(
  db: Db,
  connectionId: ConnectionId,
  actor: PersonalActor,
): Promise<SeenConnection | undefined> {
  const [found] = await seenConnections(db, actor, sql`c.id = ${connectionId}`)
  return found
}

async function seenConnections(
  db: Db,
  actor: PersonalActor,
  condition: RawBuilder<unknown>,
): Promise<SeenConnection[]> {
  const { rows } = await sql<SeenConnection>`
    select c.id, ${connectionFacts} as facts, c.client_id as "clientId", c.is_default as "isDefault",
      c.verification_status as verification, ${credentialUntried} as "isUntried", ${nextJson} as next, c.last_reason as "lastReason",
      c.last_check_at as "lastCheckAt", c.last_check_run_id as "lastCheckRunId",
      c.created_at as "createdAt", now() as at, ${tenantJson} as tenant,
      (select d.label from provider_connections d
        where d.tenant_id = t.id and d.provider = c.provider and d.is_default) as "defaultLabel"
    from provider_connections c
    join tenants t on t.id = c.tenant_id
    ${wayTo(actor)}
    left join ${credentialInUse}
    where ${condition} and ${reaches}
    order by t.name, t.id, c.is_default desc, c.label, c.id`.execute(db)
  return rows
}

/** The tenants of a workspace that the actor sees, with the role there, by name. */
export async function tenantsToConnect(
  db: Db,
  workspaceId: WorkspaceId,
  actor: PersonalActor,
): Promise<SeenTenant[]> {
  const { rows } = await sql<{ tenant: SeenTenant }>`
    select ${tenantJson} as tenant from tenants t ${wayTo(actor)}
    where t.workspace_id = ${workspaceId} and ${reaches} order by t.name, t.id`.execute(db)
  return rows.map(({ tenant }) => tenant)
}

/** The tenant of a directory that the actor sees, in the order in which a start would choose it. */
export async function tenantToConnect(
  db: Db,
  directoryId: DirectoryId,
  actor: PersonalActor,
): Promise<SeenTenant | undefined> {
  const { rows } = await sql<{ tenant: SeenTenant }>`
    select ${tenantJson} as tenant from tenants t ${wayTo(actor)}
    where t.directory_id = ${directoryId}::uuid and ${reaches}
    order by (t.state = 'archived'), (t.proven_at is not null) desc, t.id limit 1`.execute(db)
  return rows[0]?.tenant
}

/**
 * Whether the credential `cr` of the connection `c` was stored after Microsoft last let the connection in. A
 * check that let it in says so by itself; every other run leaves the time at which it got a token.
 */
export const credentialUntried = sql<boolean>`(
  cr.connection_id is not null and cr.rejected_at is null
  and c.verification_status not in ('healthy', 'degraded')
  and (c.evidence_at is null or c.evidence_at < cr.created_at))`

/** A page of a connection looks it up; what decides only knows until when it is good. */
const nextJson = sql<NextCredential | null>`(
  select json_build_object('kind', n.kind, 'expiresAt', n.expires_at, 'rejectedAt', n.rejected_at,
    'storedAt', n.created_at)
  from credentials n where n.connection_id = c.id and n.slot = 'next')`

const tenantJson = sql<SeenTenant>`json_build_object('id', t.id, 'directoryId', t.directory_id,
  'name', t.name, 'workspaceId', t.workspace_id, 'role', ${roleThere}, 'state', t.state,
  'archivedAt', t.archived_at)`
