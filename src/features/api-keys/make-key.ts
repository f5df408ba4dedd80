import { type Auth, createApiKey, type NewApiKey, type PersonalActor } from '../../access/index.ts'
import type { Db } from '../../database/index.ts'
import type { WorkspaceId } from '../../kernel/index.ts'
import { recordKeyDeed, tenantsInSight } from './api-keys.sql.ts'
import { type KeyFlaws, readKey, type TypedKey, type WantedKey } from './new-key.ts'

/** Who makes a key, and for which workspace. */
export interface KeyMaker {
  readonly actor: PersonalActor
  readonly workspaceId: WorkspaceId
  readonly correlationId: string
}

export type MadeKey =
  | { readonly ok: true; readonly made: NewApiKey; readonly wanted: WantedKey }
  | { readonly ok: false; readonly flaws: KeyFlaws }

/**
 * Makes the key that somebody asks for, or says what is wrong with which field; null when they left the workspace
 * in the meantime.
 */
export async function makeKey(
  auth: Auth,
  db: Db,
  { actor, correlationId, workspaceId }: KeyMaker,
  typed: TypedKey,
): Promise<MadeKey | null> {
  const read = readKey(typed)
  if (!read.ok) return read
  const { days, mostRole, name, tenants } = read.key
  const inSight = tenants && (await tenantsInSight(db, workspaceId, actor))
  const chosen = inSight?.filter(({ directoryId }) => tenants?.includes(directoryId))
  if (chosen && chosen.length < new Set(tenants).size)
    return { ok: false, flaws: { tenants: 'tenant_unknown' } }
  const made = await createApiKey(
    auth,
    db,
    { userId: actor.userId, workspaceId, name, days, mostRole, tenants: chosen?.map(({ id }) => id) ?? null },
    (tx, keyId) =>
      recordKeyDeed(tx, workspaceId, {
        actor,
        keyId,
        correlationId,
        action: 'api_key.create',
        facts: { name, days, mostRole, tenants },
      }),
  )
  return made && { ok: true, made, wanted: read.key }
}
