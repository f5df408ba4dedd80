import { sql } from 'kysely'
import type { PersonalActor } from '../../access/index.ts'
import { type Db, jsonb } from '../../database/index.ts'
import { asTenantId, type TenantId, type WorkspaceId } from '../../kernel/index.ts'
import type { NewTenant } from './new-tenant.ts'

/**
 * Adds an unproven tenant with its audit record; null when the workspace has that directory already.
 * One that is not onboarded is operable at once ('active'). Its first successful check proves it; until then it claims
 * nothing. Who reaches only selected tenants reaches the added one.
 */
export async function insertTenant(
  db: Db,
  workspaceId: WorkspaceId,
  actor: PersonalActor,
  { directoryId, domain, name }: NewTenant,
  correlationId: string,
  state: 'active' | 'onboarding' = 'active',
): Promise<TenantId | null> {
  const facts = jsonb({ name, directoryId, domain })
  const { rows } = await sql<{ id: number }>`
    with member as (
      select id, reach from workspace_memberships
      where workspace_id = ${workspaceId} and user_id = ${actor.userId}
    ),
    added as (
      insert into tenants (workspace_id, directory_id, name, domain, state)
      select ${workspaceId}::bigint, ${directoryId}::uuid, ${name}::text, ${domain}::text, ${state}::text from member
      on conflict (workspace_id, directory_id) do nothing
      returning id
    ),
    entitled as (
      insert into tenant_memberships (membership_id, tenant_id)
      select member.id, added.id from member, added where member.reach = 'selected'
    ),
    audited as (
      insert into audit_records (
        workspace_id, tenant_id, actor_kind, actor_id, actor_name, action, target_kind, target_id, outcome,
        facts, correlation_id
      )
      select ${workspaceId}::bigint, id, ${actor.kind}::text, ${actor.userId}::text, ${actor.name}::text,
        'tenant.create', 'tenant', id::text, 'done', ${facts}, ${correlationId}::text
      from added
    )
    select id from added`.execute(db)
  return rows[0] ? asTenantId(rows[0].id) : null
}

/** Records that somebody tried to add a tenant without the role for it. */
export const recordForbiddenTenant = (
  db: Db,
  workspaceId: WorkspaceId,
  actor: PersonalActor,
  correlationId: string,
) =>
  db
    .insertInto('audit_records')
    .values({
      workspace_id: workspaceId,
      actor_kind: actor.kind,
      actor_id: actor.userId,
      actor_name: actor.name,
      action: 'tenant.create',
      target_kind: 'tenant',
      outcome: 'forbidden',
      facts: jsonb({}),
      correlation_id: correlationId,
    })
    .execute()
