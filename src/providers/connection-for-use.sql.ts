import type { Db } from '../database/index.ts'
import type { DirectoryId } from '../kernel/index.ts'

/** What it takes to sign in as the app of a connection: its ids and its sealed credential. */
export async function connectionForUse(db: Db, tenantId: number, connectionId: number) {
  const row = await db
    .selectFrom('provider_connections as c')
    .innerJoin('credentials as cr', 'cr.connection_id', 'c.id')
    .select(['c.directory_id', 'c.client_id', 'c.consent_status'])
    .select(['cr.kind', 'cr.key_id', 'cr.nonce', 'cr.ciphertext', 'cr.expires_at', 'cr.created_at'])
    .where('c.tenant_id', '=', tenantId)
    .where('c.id', '=', connectionId)
    .executeTakeFirst()
  return (
    row && {
      directoryId: row.directory_id as DirectoryId,
      clientId: row.client_id,
      consent: row.consent_status,
      credential: row.kind as 'client_secret' | 'certificate',
      expiresAt: row.expires_at?.toISOString() ?? null,
      credentialVersion: `${connectionId}:${row.key_id}:${row.created_at.getTime()}`,
      sealed: { keyId: row.key_id, nonce: row.nonce, ciphertext: row.ciphertext },
    }
  )
}
