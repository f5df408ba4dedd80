import { sql } from 'kysely'
import type { Db } from '../database/index.ts'
import type { CredentialKind, SealedCredential } from './credential-vault.ts'

/** A credential as it is stored, with everything that its ciphertext is bound to. */
export interface SealedRow extends SealedCredential {
  readonly id: string
  readonly connectionId: number
  readonly kind: CredentialKind
}

/** The next credentials, by their ids, that are not sealed under this key and bound to themselves. */
export async function sealedOtherwise(
  db: Db,
  keyId: string,
  after: string | null,
  limit: number,
): Promise<SealedRow[]> {
  const { rows } = await sql<SealedRow>`
    select id, connection_id as "connectionId", kind, key_id as "keyId", nonce, ciphertext, binding
    from credentials
    where (key_id <> ${keyId} or binding <> 'credential') and (${after}::uuid is null or id > ${after}::uuid)
    order by id limit ${limit}`.execute(db)
  return rows
}

/** How many credentials are sealed under this key and bound to themselves. */
export async function countSealed(db: Db, keyId: string): Promise<number> {
  const { rows } = await sql<{ count: number }>`
    select count(*)::int as count from credentials where key_id = ${keyId} and binding = 'credential'`.execute(
    db,
  )
  return rows[0]?.count ?? 0
}

/**
 * Puts a new ciphertext in the place of the one that was read, if it is still that one; false when
 * somebody stored or sealed another. The connection is locked first, as everybody does.
 */
export const replaceSeal = (db: Db, read: SealedRow, sealed: SealedCredential): Promise<boolean> =>
  db.transaction().execute(async (tx) => {
    await sql`select id from provider_connections where id = ${read.connectionId} for no key update`.execute(
      tx,
    )
    const { rows } = await sql`
      update credentials set key_id = ${sealed.keyId}, nonce = ${sealed.nonce}, ciphertext = ${sealed.ciphertext},
        binding = ${sealed.binding}
      where id = ${read.id}::uuid and connection_id = ${read.connectionId}
        and key_id = ${read.keyId} and nonce = ${read.nonce}
      returning id`.execute(tx)
    return rows.length > 0
  })
