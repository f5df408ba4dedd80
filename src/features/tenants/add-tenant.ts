import type { PersonalActor } from '../../access/index.ts'
import type { Db } from '../../database/index.ts'
import type { WorkspaceId } from '../../kernel/index.ts'
import { insertTenant } from './add-tenant.sql.ts'
import { type NewTenant, readTenant, type TenantFlaws, type TenantInput } from './new-tenant.ts'

export type AddedTenant =
  | { readonly ok: true; readonly id: number; readonly tenant: NewTenant }
  | { readonly ok: false; readonly flaws: TenantFlaws }

/** Adds the tenant that somebody typed in, or says what is wrong with which field. */
export async function addTenant(
  db: Db,
  workspaceId: WorkspaceId,
  actor: PersonalActor,
  input: TenantInput,
  correlationId: string,
): Promise<AddedTenant> {
  const read = readTenant(input)
  if (!read.ok) return read
  const id = await insertTenant(db, workspaceId, actor, read.tenant, correlationId)
  if (id === null) return { ok: false, flaws: { directoryId: 'directory_taken' } }
  return { ok: true, id, tenant: read.tenant }
}
