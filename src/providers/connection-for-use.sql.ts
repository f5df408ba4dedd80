import { sql } from 'kysely'
import type { Db } from '../database/index.ts'
import type { DirectoryId } from '../kernel/index.ts'
import type { CredentialKind, SealedCredential } from './credential-vault.ts'

/** Which credential of a connection: the one that work is done with, or the one that waits to be tried. */
export type CredentialSlot = 'in_use' | 'next'

/** What it takes to sign in as the app of a connection: its ids and one of its sealed credentials. */
export async function connectionForUse(
  db: Db,
  tenantId: number,
  connectionId: number,
  slot: CredentialSlot = 'in_use',
) {
  const row = await db
    .selectFrom('provider_connections as c')
    .innerJoin('credentials as cr', 'cr.connection_id', 'c.id')
    .select(['c.directory_id', 'c.client_id', 'c.consent_status'])
    .select(['cr.id', 'cr.kind', 'cr.key_id', 'cr.nonce', 'cr.ciphertext', 'cr.binding', 'cr.certificate'])
    .select(['cr.expires_at'])
    .where('c.tenant_id', '=', tenantId)
    .where('c.id', '=', connectionId)
    .where('cr.slot', '=', slot)
    .executeTakeFirst()
  return (
    row && {
      directoryId: row.directory_id as DirectoryId,
      clientId: row.client_id,
      consent: row.consent_status,
      credentialId: row.id,
      credential: row.kind as CredentialKind,
      certificate: row.certificate,
      expiresAt: row.expires_at?.toISOString() ?? null,
      sealed: {
        keyId: row.key_id,
        nonce: row.nonce,
        ciphertext: row.ciphertext,
        binding: row.binding as SealedCredential['binding'],
      },
    }
  )
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
