import { sql } from 'kysely'
import type { PersonalActor, Role } from '../../access/index.ts'
import type { Db } from '../../database/index.ts'
import type { UserId, WorkspaceId } from '../../kernel/index.ts'
import { tenantsOf } from './members.sql.ts'
import type { GivenAccess, Invitation } from './members.ts'

/** How long an invitation is good, in days; the database does not take a longer one. */
export const INVITATION_DAYS = 7

/** The invitations to a workspace that nobody has accepted or withdrawn, the newest first. */
export async function pendingInvitations(db: Db, workspaceId: WorkspaceId): Promise<Invitation[]> {
  const { rows } = await sql<Invitation>`
    select ${invitationColumns} from invitations i
    where i.workspace_id = ${workspaceId} and ${isPending} order by i.sent_at desc, i.id desc`.execute(db)
  return rows
}

/** A pending invitation, with the role that the actor has in its workspace; undefined for those not in it. */
export async function invitationSeenBy(
  db: Db,
  invitationId: number,
  actor: PersonalActor,
): Promise<{ invitation: Invitation; role: Role } | undefined> {
  const { rows } = await sql<Invitation & { ownRole: Role }>`
    select ${invitationColumns}, mine.role as "ownRole"
    from invitations i
    join workspace_memberships mine on mine.workspace_id = i.workspace_id and mine.user_id = ${actor.userId}
      ${actor.kind === 'api_key' ? sql`and mine.workspace_id = ${actor.workspaceId}` : sql``}
    where i.id = ${invitationId} and ${isPending}`.execute(db)
  const [row] = rows
  if (!row) return undefined
  const { ownRole, ...invitation } = row
  return { invitation, role: ownRole }
}

/** Why an address cannot be invited: it is in the workspace, or asked already; null when it can. */
export async function whyNotInvite(
  db: Db,
  workspaceId: WorkspaceId,
  email: string,
): Promise<'email_member' | 'email_invited' | null> {
  const { rows } = await sql<{ member: boolean; invited: boolean }>`
    select
      exists (select from workspace_memberships m join users u on u.id = m.user_id
        where m.workspace_id = ${workspaceId} and u.email = ${email}) as member,
      exists (select from invitations i
        where i.workspace_id = ${workspaceId} and i.email = ${email} and ${isPending}) as invited`.execute(db)
  if (rows[0]?.member) return 'email_member'
  return rows[0]?.invited ? 'email_invited' : null
}

interface NewInvitation extends GivenAccess {
  readonly email: string
  readonly tokenHash: string
  readonly inviter: { readonly userId: UserId; readonly name: string }
}

/** Writes an invitation down; never its token. */
export async function insertInvitation(
  tx: Db,
  workspaceId: WorkspaceId,
  { email, inviter, reach, role, tenants, tokenHash }: NewInvitation,
): Promise<number> {
  const { rows } = await sql<{ id: number }>`
    insert into invitations (workspace_id, email, role, reach, token_hash, inviter_id, inviter_name, expires_at)
    values (${workspaceId}, ${email}, ${role}, ${reach}, ${tokenHash}, ${inviter.userId}, ${inviter.name},
      now() + ${INVITATION_DAYS} * interval '1 day')
    returning id`.execute(tx)
  const id = rows[0]?.id ?? 0
  for (const tenant of tenants)
    await sql`
      insert into invitation_tenants (invitation_id, tenant_id, workspace_id, role)
      values (${id}, ${tenant.id}, ${workspaceId}, ${tenant.role}::text)`.execute(tx)
  return id
}

/** Gives a pending invitation a new link and a new week; the link before stops working. */
export async function renewInvitation(
  tx: Db,
  workspaceId: WorkspaceId,
  invitationId: number,
  tokenHash: string,
  inviter: { userId: UserId; name: string },
): Promise<boolean> {
  const { rows } = await sql`
    update invitations i set token_hash = ${tokenHash}, inviter_id = ${inviter.userId}, inviter_name = ${inviter.name},
      sent_at = now(), expires_at = now() + ${INVITATION_DAYS} * interval '1 day'
    where i.workspace_id = ${workspaceId} and i.id = ${invitationId} and ${isPending} returning i.id`.execute(
    tx,
  )
  return rows.length > 0
}

/** Withdraws a pending invitation; false when it is none any more. */
export async function revokeInvitation(
  tx: Db,
  workspaceId: WorkspaceId,
  invitationId: number,
): Promise<boolean> {
  const { rows } = await sql`
    update invitations i set revoked_at = now()
    where i.workspace_id = ${workspaceId} and i.id = ${invitationId} and ${isPending} returning i.id`.execute(
    tx,
  )
  return rows.length > 0
}

const isPending = sql<boolean>`(i.accepted_at is null and i.revoked_at is null)`

const invitationColumns = sql`
  i.id, i.workspace_id as "workspaceId", i.email, i.role, i.reach,
  ${tenantsOf(sql`invitation_tenants x`, sql`x.invitation_id = i.id`)} as tenants,
  i.inviter_name as "inviterName", i.sent_at as "sentAt", i.expires_at as "expiresAt",
  i.expires_at <= now() as "isExpired"`
