import { sql } from 'kysely'
import type { Db } from '../../database/index.ts'
import type { ConnectionId, TenantId } from '../../kernel/index.ts'
import type { CredentialKind, CredentialSlot, SealedCredential } from '../../providers/index.ts'

/** A credential as it is written: sealed, and of a certificate the public part beside it. */
export interface NewCredential {
  readonly id: string
  readonly kind: CredentialKind
  readonly certificate: string | null
  readonly sealed: SealedCredential
  readonly expiresAt: Date | null
}

/**
 * Holds a connection while its credentials change. Taken after its tenant and before them: everybody
 * locks in this order.
 */
export const lockConnection = (tx: Db, tenantId: TenantId, connectionId: ConnectionId) =>
  sql`select id from provider_connections where tenant_id = ${tenantId} and id = ${connectionId}
    for no key update`.execute(tx)

/**
 * Stores a credential: as the one in use where there is none, otherwise beside it, in place of whatever
 * waited there. Undefined when the connection is not there or uses the central app.
 */
export async function insertCredential(
  tx: Db,
  tenantId: TenantId,
  connectionId: ConnectionId,
  { certificate, expiresAt, id, kind, sealed }: NewCredential,
): Promise<CredentialSlot | undefined> {
  const { rows } = await sql<{ slot: CredentialSlot }>`
    insert into credentials (id, connection_id, slot, kind, certificate, key_id, nonce, ciphertext, binding, expires_at)
    select ${id}::uuid, c.id,
      case when exists (select 1 from credentials u where u.connection_id = c.id and u.slot = 'in_use')
        then 'next' else 'in_use' end,
      ${kind}::text, ${certificate}::text, ${sealed.keyId}, ${sealed.nonce}, ${sealed.ciphertext}, ${sealed.binding},
      ${expiresAt}::timestamptz
    from provider_connections c
    where c.tenant_id = ${tenantId} and c.id = ${connectionId} and c.connection_type = 'dedicated'
    on conflict (connection_id, slot) do update set id = excluded.id, kind = excluded.kind,
      certificate = excluded.certificate, key_id = excluded.key_id, nonce = excluded.nonce,
      ciphertext = excluded.ciphertext, binding = excluded.binding, expires_at = excluded.expires_at,
      rejected_at = null, created_at = now()
    returning slot`.execute(tx)
  return rows[0]?.slot
}

/** Takes away the credential that waits, if it is the one that was seen; its kind, or undefined. */
export async function deleteNext(
  tx: Db,
  tenantId: TenantId,
  connectionId: ConnectionId,
): Promise<CredentialKind | undefined> {
  const { rows } = await sql<{ kind: CredentialKind }>`
    delete from credentials n using provider_connections c
    where c.id = n.connection_id and c.tenant_id = ${tenantId} and c.id = ${connectionId} and n.slot = 'next'
    returning n.kind`.execute(tx)
  return rows[0]?.kind
}

/** Whether a credential is the one in use of its connection. */
export async function isInUse(db: Db, connectionId: number, credentialId: string): Promise<boolean> {
  const query = db.selectFrom('credentials').select('id').where('connection_id', '=', connectionId)
  const row = await query.where('slot', '=', 'in_use').where('id', '=', credentialId).executeTakeFirst()
  return row !== undefined
}

/** A stored credential as it may be shown. */
export interface StoredCredential {
  readonly slot: CredentialSlot
  readonly kind: CredentialKind
  /** The public part of a certificate, as PEM. */
  readonly certificate: string | null
  readonly expiresAt: Date | null
  readonly rejectedAt: Date | null
  readonly storedAt: Date
}

/** The credentials of a connection, the one in use first; nothing secret. */
export async function credentialsOf(
  db: Db,
  tenantId: TenantId,
  connectionId: ConnectionId,
): Promise<StoredCredential[]> {
  const { rows } = await sql<StoredCredential>`
    select n.slot, n.kind, n.certificate, n.expires_at as "expiresAt", n.rejected_at as "rejectedAt",
      n.created_at as "storedAt"
    from credentials n join provider_connections c on c.id = n.connection_id
    where c.tenant_id = ${tenantId} and c.id = ${connectionId} order by n.slot`.execute(db)
  return rows
}
