import { sql } from 'kysely'
import type { Db } from '../database/index.ts'
import type { DirectoryId } from '../kernel/index.ts'
import type { CredentialKind, SealedCredential } from './credential-vault.ts'

/** Which credential of a connection: the one that work is done with, or the one that waits to be tried. */
export type CredentialSlot = 'in_use' | 'next'

/** A credential of a connection's own, sealed. */
export interface OwnCredential {
  readonly id: string
  readonly kind: CredentialKind
  readonly certificate: string | null
  /** ISO 8601. */
  readonly expiresAt: string | null
  readonly sealed: SealedCredential
}

/** A connection as it is signed in with: its app, what is known of its consent, and one of its own credentials, if it has one. */
export async function connectionForUse(
  db: Db,
  tenantId: number,
  connectionId: number,
  slot: CredentialSlot = 'in_use',
) {
  const row = await db
    .selectFrom('provider_connections as c')
    .leftJoin('credentials as cr', (join) =>
      join.onRef('cr.connection_id', '=', 'c.id').on('cr.slot', '=', slot),
    )
    .select(['c.connection_type', 'c.directory_id', 'c.client_id', 'c.consent_status'])
    .select(['cr.id', 'cr.kind', 'cr.key_id', 'cr.nonce', 'cr.ciphertext', 'cr.binding', 'cr.certificate'])
    .select(['cr.expires_at'])
    .select(throttledForMs.as('throttled_for_ms'))
    .where('c.tenant_id', '=', tenantId)
    .where('c.id', '=', connectionId)
    .executeTakeFirst()
  return (
    row && {
      type: row.connection_type as 'platform' | 'dedicated',
      directoryId: row.directory_id as DirectoryId,
      clientId: row.client_id,
      consent: row.consent_status,
      throttledForMs: row.throttled_for_ms,
      own: ownCredential(row),
    }
  )
}

/** By the database's clock, which every worker shares. */
const throttledForMs = sql<number>`
  greatest(0, coalesce(extract(epoch from c.throttled_until - now()), 0) * 1000)::float8`

interface CredentialRow {
  readonly id: string | null
  readonly kind: string | null
  readonly key_id: string | null
  readonly nonce: Uint8Array | null
  readonly ciphertext: Uint8Array | null
  readonly binding: string | null
  readonly certificate: string | null
  readonly expires_at: Date | null
}

function ownCredential(row: CredentialRow): OwnCredential | null {
  const { binding, ciphertext, id, key_id: keyId, kind, nonce } = row
  if (!id || !keyId || !nonce || !ciphertext) return null
  return {
    id,
    kind: kind as CredentialKind,
    certificate: row.certificate,
    expiresAt: row.expires_at?.toISOString() ?? null,
    sealed: { keyId, nonce, ciphertext, binding: binding as SealedCredential['binding'] },
  }
}

/** The credential of a connection that waits to be tried and has not expired yet; undefined without one. */
export const waitingCredential = (db: Db, tenantId: number, connectionId: number) =>
  db
    .selectFrom('credentials as cr')
    .innerJoin('provider_connections as c', 'c.id', 'cr.connection_id')
    .select(['cr.id', 'cr.kind', 'cr.expires_at'])
    .where('c.tenant_id', '=', tenantId)
    .where('c.id', '=', connectionId)
    .where('cr.slot', '=', 'next')
    .where((eb) => eb.or([eb('cr.expires_at', 'is', null), eb('cr.expires_at', '>', sql<Date>`now()`)]))
    .executeTakeFirst()
