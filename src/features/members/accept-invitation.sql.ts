import { sql } from 'kysely'
import { hashOfToken } from '../../access/index.ts'
import type { Db } from '../../database/index.ts'
import type { UserId, WorkspaceId } from '../../kernel/index.ts'

/** An invitation as whoever holds its link may see it. */
export interface OpenInvitation {
  readonly id: number
  readonly workspaceId: WorkspaceId
  readonly workspace: string
  readonly email: string
  readonly role: string
  readonly inviterName: string
  readonly expiresAt: Date
  readonly state: 'good' | 'used' | 'over'
  /** Whoever signs in with the invited address already. */
  readonly userId: UserId | null
}

/** The invitation that a link opens, whatever became of it; undefined when there never was one. */
export async function invitationByToken(db: Db, token: string): Promise<OpenInvitation | undefined> {
  const { rows } = await sql<OpenInvitation>`
    select i.id, i.workspace_id as "workspaceId", w.name as workspace, i.email, i.role,
      i.inviter_name as "inviterName", i.expires_at as "expiresAt", u.id as "userId",
      case when i.accepted_at is not null then 'used'
        when i.revoked_at is not null or i.expires_at <= now() then 'over' else 'good' end as state
    from invitations i
    join workspaces w on w.id = i.workspace_id
    left join users u on u.email = i.email
    where i.token_hash = ${hashOfToken(token)}`.execute(db)
  return rows[0]
}

/** Uses an invitation up; false when it is not good any more, or somebody was faster. */
export async function useInvitation(tx: Db, { id, workspaceId }: OpenInvitation): Promise<boolean> {
  const { rows } = await sql`
    update invitations set accepted_at = now()
    where workspace_id = ${workspaceId} and id = ${id}
      and accepted_at is null and revoked_at is null and expires_at > now()
    returning id`.execute(tx)
  return rows.length > 0
}

/**
 * Makes a person a member as their invitation says; false when they are one already, whose access an invitation
 * never changes.
 */
export async function joinWorkspace(
  tx: Db,
  { id, workspaceId }: OpenInvitation,
  userId: UserId,
): Promise<boolean> {
  const { rows } = await sql<{ id: number }>`
    insert into workspace_memberships (workspace_id, user_id, role, reach)
    select i.workspace_id, ${userId}, i.role, i.reach from invitations i
    where i.workspace_id = ${workspaceId} and i.id = ${id}
    on conflict (workspace_id, user_id) do nothing
    returning id`.execute(tx)
  const [membership] = rows
  if (!membership) return false
  await sql`
    insert into tenant_memberships (membership_id, tenant_id, role)
    select ${membership.id}::bigint, x.tenant_id, x.role from invitation_tenants x
    where x.workspace_id = ${workspaceId} and x.invitation_id = ${id}`.execute(tx)
  return true
}
