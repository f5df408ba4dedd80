import { type Db, jsonb } from '../../database/index.ts'
import type { UserId } from '../../kernel/index.ts'

/** Makes the first workspace of an installation, with its first person as owner. */
export async function createFirstWorkspace(
  tx: Db,
  name: string,
  ownerId: UserId,
  ownerName: string,
): Promise<void> {
  const { id } = await tx.insertInto('workspaces').values({ name }).returning('id').executeTakeFirstOrThrow()
  await tx
    .insertInto('workspace_memberships')
    .values({ workspace_id: id, user_id: ownerId, role: 'owner' })
    .execute()
  await tx
    .insertInto('audit_records')
    .values({
      workspace_id: id,
      tenant_id: null,
      actor_kind: 'user',
      actor_id: ownerId,
      actor_name: ownerName,
      action: 'workspace.create',
      target_kind: 'workspace',
      target_id: String(id),
      outcome: 'done',
      run_id: null,
      facts: jsonb({}),
      correlation_id: null,
    })
    .execute()
}
