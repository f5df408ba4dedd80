import { sql } from 'kysely'
import type { Db } from '../../database/index.ts'
import type { UserId, WorkspaceId } from '../../kernel/index.ts'
import type { GivenAccess } from './members.ts'

/**
 * Makes changes to the people of one workspace follow each other. Taken first, before what a change is
 * decided on is read.
 */
export const lockPeople = (tx: Db, workspaceId: WorkspaceId) =>
  sql`select id from workspaces where id = ${workspaceId} for no key update`.execute(tx)

/** Gives a member other access; what their access named before is replaced. */
export async function updateAccess(
  tx: Db,
  workspaceId: WorkspaceId,
  memberId: number,
  { reach, role, tenants }: GivenAccess,
): Promise<void> {
  await sql`
    update workspace_memberships set role = ${role}, reach = ${reach}
    where workspace_id = ${workspaceId} and id = ${memberId}
      and (role, reach) is distinct from (${role}, ${reach})`.execute(tx)
  await sql`delete from tenant_memberships where membership_id = ${memberId}`.execute(tx)
  for (const tenant of tenants)
    await sql`
      insert into tenant_memberships (membership_id, tenant_id, role)
      select ${memberId}::bigint, t.id, ${tenant.role}::text from tenants t
      where t.id = ${tenant.id} and t.workspace_id = ${workspaceId}`.execute(tx)
}

/** Takes a member out of a workspace; the database refuses it for the last owner. */
export const deleteMember = (tx: Db, workspaceId: WorkspaceId, memberId: number) =>
  sql`delete from workspace_memberships where workspace_id = ${workspaceId} and id = ${memberId}`.execute(tx)

/** Withdraws what somebody sent out and nobody has accepted; answers how many. */
export async function revokeInvitationsBy(
  tx: Db,
  workspaceId: WorkspaceId,
  inviterId: UserId,
): Promise<number> {
  const { rows } = await sql`
    update invitations set revoked_at = now()
    where workspace_id = ${workspaceId} and inviter_id = ${inviterId}
      and accepted_at is null and revoked_at is null
    returning id`.execute(tx)
  return rows.length
}
