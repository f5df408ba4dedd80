import type { Db } from '../database/index.ts'
import {
  type CloudProfile,
  createGraphClient,
  type GraphClient,
  type Result,
  type TokenCache,
} from '../graph/index.ts'
import { connectionForUse } from './connection-for-use.sql.ts'
import { type CredentialVault, SealBroken } from './credential-vault.ts'

/** What it takes to reach Microsoft through a connection. */
export interface ProviderAccess {
  readonly profile: CloudProfile
  readonly vault: CredentialVault
  readonly tokens: TokenCache
}

/** For how long requests may be sent: the run at work. */
export interface Leash {
  readonly signal: AbortSignal
  maySend(): boolean
}

/** A way to Microsoft Graph through exactly one connection, for as long as its leash lasts. */
export interface GraphAccess {
  readonly client: GraphClient
  /** How the app proves itself, for the words of a refusal. */
  readonly signedInWith: {
    readonly kind: 'dedicated'
    readonly credential: 'client_secret' | 'certificate'
    readonly expiresAt: string | null
  }
  readonly connection: { readonly directoryId: string; readonly consent: string }
  /** The application permissions of the last token obtained; null before the first one. */
  granted(): readonly string[] | null
}

/**
 * Opens the pinned connection of a run. A credential that is gone, or cannot be opened with the key in
 * force, is the failure `credential_missing`.
 */
export async function graphFor(
  db: Db,
  { profile, tokens, vault }: ProviderAccess,
  pinned: { tenantId: number; connectionId: number },
  leash: Leash,
): Promise<Result<GraphAccess>> {
  const connection = await connectionForUse(db, pinned.tenantId, pinned.connectionId)
  const secret = connection && openSecret(vault, pinned.connectionId, connection)
  if (!connection || !secret) return { ok: false, failure: { kind: 'credential_missing', diagnostics: {} } }
  let granted: readonly string[] | null = null
  const client = createGraphClient({
    profile,
    directoryId: connection.directoryId,
    clientId: connection.clientId,
    credential: { kind: 'client_secret', secret },
    credentialVersion: connection.credentialVersion,
    tokens,
    signal: leash.signal,
    maySend: () => leash.maySend(),
    onToken: ({ roles }) => {
      granted = roles
    },
  })
  const { consent, credential, directoryId, expiresAt } = connection
  return {
    ok: true,
    value: {
      client,
      signedInWith: { kind: 'dedicated', credential, expiresAt },
      connection: { directoryId, consent },
      granted: () => granted,
    },
  }
}

type Usable = NonNullable<Awaited<ReturnType<typeof connectionForUse>>>

function openSecret(vault: CredentialVault, connectionId: number, { sealed }: Usable): string | null {
  try {
    return vault.open(connectionId, sealed)
  } catch (error) {
    if (error instanceof SealBroken) return null
    throw error
  }
}
