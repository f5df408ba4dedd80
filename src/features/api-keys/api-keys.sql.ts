import { sql } from 'kysely'
import { type PersonalActor, reaches, wayTo } from '../../access/index.ts'
import { type Db, jsonb } from '../../database/index.ts'
import type { DirectoryId, TenantId, WorkspaceId } from '../../kernel/index.ts'

/** A tenant to which a key may be limited. */
export interface TenantInSight {
  readonly id: TenantId
  readonly directoryId: DirectoryId
  readonly name: string
}

/** The tenants of a workspace that a person reaches, by name: nobody hands on what they do not see. */
export async function tenantsInSight(
  db: Db,
  workspaceId: WorkspaceId,
  actor: PersonalActor,
): Promise<TenantInSight[]> {
  const { rows } = await sql<TenantInSight>`
    select t.id, t.directory_id as "directoryId", t.name from tenants t ${wayTo(actor)}
    where t.workspace_id = ${workspaceId} and ${reaches} order by t.name, t.id`.execute(db)
  return rows
}

export interface KeyDeed {
  readonly actor: PersonalActor
  readonly keyId: string
  readonly action: 'api_key.create' | 'api_key.revoke'
  /** Never the key. */
  readonly facts: object
  readonly correlationId: string
}

/** Records that a key was made or revoked; never the key. */
export const recordKeyDeed = (
  db: Db,
  workspaceId: WorkspaceId,
  { action, actor, correlationId, facts, keyId }: KeyDeed,
) =>
  db
    .insertInto('audit_records')
    .values({
      workspace_id: workspaceId,
      actor_kind: actor.kind,
      actor_id: actor.userId,
      actor_name: actor.name,
      action,
      target_kind: 'api_key',
      target_id: keyId,
      outcome: 'done',
      facts: jsonb(facts),
      correlation_id: correlationId,
    })
    .execute()
