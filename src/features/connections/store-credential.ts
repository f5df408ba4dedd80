import { randomUUID } from 'node:crypto'
import type { Db } from '../../database/index.ts'
import type { ConnectionId, TenantId } from '../../kernel/index.ts'
import {
  type AppCertificate,
  type CredentialSlot,
  type CredentialVault,
  thumbprintsOf,
} from '../../providers/index.ts'
import { forgetVerification, lockTenant, recordDeed } from './change-connection.sql.ts'
import type { SecretInput } from './connection-input.ts'
import type { SeenConnection } from './connections.sql.ts'
import { deleteNext, insertCredential, lockConnection, type NewCredential } from './credentials.sql.ts'
import type { By } from './manage-connection.ts'

/** What an app is to prove itself with from now on. */
export type Proof =
  | ({ readonly kind: 'client_secret' } & SecretInput)
  | ({ readonly kind: 'certificate'; readonly madeHere: boolean } & AppCertificate)

/**
 * Stores a new credential. A first one is in use at once; any other waits beside the one in use until a
 * check has signed in with it.
 */
export const storeCredential = (
  db: Db,
  vault: CredentialVault,
  connection: SeenConnection,
  by: By,
  proof: Proof,
): Promise<CredentialSlot | undefined> =>
  db.transaction().execute(async (tx) => {
    const { id, tenant } = connection
    await lockTenant(tx, tenant.id)
    await lockConnection(tx, tenant.id, id)
    const slot = await sealInto(tx, vault, { tenantId: tenant.id, id }, proof)
    if (!slot) return undefined
    if (slot === 'in_use') await forgetVerification(tx, tenant.id, id)
    await record(tx, connection, by, 'connection.credential.rotate', { ...factsOf(proof), slot })
    return slot
  })

/** Takes back the credential that waits to be tried; false when none waits. The one in use stays in force. */
export const discardNext = (db: Db, connection: SeenConnection, by: By): Promise<boolean> =>
  db.transaction().execute(async (tx) => {
    const { id, tenant } = connection
    await lockTenant(tx, tenant.id)
    await lockConnection(tx, tenant.id, id)
    const kind = await deleteNext(tx, tenant.id, id)
    if (!kind) return false
    await record(tx, connection, by, 'connection.credential.discard', { kind })
    return true
  })

/** By this name people recognise a certificate that was made here. */
export const commonNameOf = (clientId: string): string => `TenantPilot ${clientId}`

/** Seals what is secret of a proof and stores it; says where. */
export function sealInto(
  tx: Db,
  vault: CredentialVault,
  at: { tenantId: TenantId; id: ConnectionId },
  proof: Proof,
): Promise<CredentialSlot | undefined> {
  const credentialId = randomUUID()
  const secret = proof.kind === 'client_secret' ? proof.value : proof.privateKey
  const stored: NewCredential = {
    id: credentialId,
    kind: proof.kind,
    certificate: proof.kind === 'certificate' ? proof.certificate : null,
    sealed: vault.seal({ connectionId: at.id, credentialId, kind: proof.kind }, secret),
    expiresAt: proof.expiresAt,
  }
  return insertCredential(tx, at.tenantId, at.id, stored)
}

/** What a record may hold of a proof. */
export const factsOf = (proof: Proof) =>
  proof.kind === 'client_secret'
    ? { kind: proof.kind, secretExpiresAt: proof.expiresAt }
    : {
        kind: proof.kind,
        expiresAt: proof.expiresAt,
        thumbprint: thumbprintsOf(proof.certificate).sha1,
        madeHere: proof.madeHere,
      }

const record = (
  tx: Db,
  { id, tenant }: SeenConnection,
  by: By,
  action: 'connection.credential.rotate' | 'connection.credential.discard',
  facts: object,
) =>
  recordDeed(tx, tenant.workspaceId, {
    ...by,
    action,
    outcome: 'done',
    tenantId: tenant.id,
    connectionId: id,
    facts,
  })
