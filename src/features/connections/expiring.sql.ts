import { sql } from 'kysely'
import type { Role } from '../../access/index.ts'
import { type PersonalActor, reaches, roleThere, wayTo } from '../../access/index.ts'
import type { Db } from '../../database/index.ts'
import { credentialInUse } from '../../engine/gate/index.ts'
import type { ConnectionId, WorkspaceId } from '../../kernel/index.ts'
import type { CredentialKind } from '../../providers/index.ts'
import { TOLD_AHEAD_DAYS } from './expiry.ts'

/** A credential in use whose end is near. */
export interface EndingCredential {
  readonly connectionId: ConnectionId
  readonly label: string
  readonly tenantName: string
  readonly directoryId: string
  readonly role: Role
  readonly kind: CredentialKind
  readonly expiresAt: Date
  /** Another one is stored already and was not refused. */
  readonly nextWaits: boolean
  /** The database's clock when this was read. */
  readonly at: Date
}

/**
 * The credentials of a workspace that end within the days in which this is told ahead, soonest first: those of
 * enabled connections of tenants that are in use and that the actor sees. One that has ended is a reason, not news.
 */
export async function endingCredentials(
  db: Db,
  workspaceId: WorkspaceId,
  actor: PersonalActor,
): Promise<EndingCredential[]> {
  const { rows } = await sql<EndingCredential>`
    select c.id as "connectionId", c.label, t.name as "tenantName", t.directory_id as "directoryId",
      ${roleThere} as role, cr.kind, cr.expires_at as "expiresAt", now() as at,
      exists (
        select 1 from credentials n
        where n.connection_id = c.id and n.slot = 'next' and n.rejected_at is null
          and (n.expires_at is null or n.expires_at > now())
      ) as "nextWaits"
    from provider_connections c
    join ${credentialInUse}
    join tenants t on t.id = c.tenant_id
    ${wayTo(actor)}
    where t.workspace_id = ${workspaceId} and t.state <> 'archived' and ${reaches}
      and c.is_enabled and c.connection_type = 'dedicated' and cr.rejected_at is null
      and cr.expires_at > now() and cr.expires_at <= now() + ${TOLD_AHEAD_DAYS} * interval '1 day'
    order by cr.expires_at, c.id`.execute(db)
  return rows
}
