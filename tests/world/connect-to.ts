import { randomUUID } from 'node:crypto'
import type { PersonalActor } from '../../src/access/index.ts'
import { connectionById } from '../../src/features/connections/connections.sql.ts'
import { storeCredential } from '../../src/features/connections/store-credential.ts'
import type { ConnectionId } from '../../src/kernel/index.ts'
import type { CredentialVault } from '../../src/providers/index.ts'
import type { SeededTenant } from './start-ask.ts'
import type { World } from './world-on.ts'

/** A directory of a sandbox as somebody who signs in to it knows it; the sandbox may be another process. */
export interface SignsInTo {
  readonly id: string
  readonly clientId: string
  readonly secret: string
}

/** A tenant in that directory, with a connection whose client secret is stored. */
export async function connectTo(
  world: World,
  vault: CredentialVault,
  owner: PersonalActor,
  workspaceId: number,
  { clientId, id: directoryId, secret }: SignsInTo,
): Promise<SeededTenant> {
  const { db } = world.database
  const tenant = await world.tenant(workspaceId, { directoryId })
  const connectionId = await world.connection(tenant, { credential: null })
  await db
    .updateTable('provider_connections')
    .set({ client_id: clientId })
    .where('id', '=', connectionId)
    .execute()
  const seen = await connectionById(db, connectionId as ConnectionId, owner)
  if (!seen) throw new Error(`Connection ${connectionId} is not to be seen.`)
  const by = { actor: owner, correlationId: randomUUID() }
  await storeCredential(db, vault, seen, by, { kind: 'client_secret', value: secret, expiresAt: null })
  return tenant
}
