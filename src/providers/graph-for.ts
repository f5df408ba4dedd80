import type { Db } from '../database/index.ts'
import {
  type AppCredential,
  type CloudProfile,
  createGraphClient,
  type GraphClient,
  type Result,
  type TokenCache,
} from '../graph/index.ts'
import { type CredentialSlot, connectionForUse } from './connection-for-use.sql.ts'
import { type CredentialKind, type CredentialVault, SealBroken } from './credential-vault.ts'

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
    readonly credential: CredentialKind
    readonly expiresAt: string | null
  }
  /** Which credential it is; another one stored later has another id. */
  readonly credentialId: string
  readonly connection: { readonly directoryId: string; readonly consent: string }
  /** The application permissions of the last token obtained; null before the first one. */
  granted(): readonly string[] | null
}

/**
 * Opens the pinned connection of a run with the credential in use, or with the one that waits to be tried. One that is gone, or cannot be opened with the key in
 * force, is the failure `credential_missing`.
 */
export async function graphFor(
  db: Db,
  { profile, tokens, vault }: ProviderAccess,
  pinned: { tenantId: number; connectionId: number },
  leash: Leash,
  slot: CredentialSlot = 'in_use',
): Promise<Result<GraphAccess>> {
  const connection = await connectionForUse(db, pinned.tenantId, pinned.connectionId, slot)
  const opened = connection && openCredential(vault, pinned.connectionId, connection)
  if (!connection || !opened) return { ok: false, failure: { kind: 'credential_missing', diagnostics: {} } }
  let granted: readonly string[] | null = null
  const client = createGraphClient({
    profile,
    directoryId: connection.directoryId,
    clientId: connection.clientId,
    credential: opened,
    credentialVersion: connection.credentialId,
    tokens,
    signal: leash.signal,
    maySend: () => leash.maySend(),
    onToken: ({ roles }) => {
      granted = roles
    },
  })
  const { consent, credential, credentialId, directoryId, expiresAt } = connection
  return {
    ok: true,
    value: {
      client,
      signedInWith: { kind: 'dedicated', credential, expiresAt },
      credentialId,
      connection: { directoryId, consent },
      granted: () => granted,
    },
  }
}

type Usable = NonNullable<Awaited<ReturnType<typeof connectionForUse>>>

function openCredential(
  vault: CredentialVault,
  connectionId: number,
  { certificate, credential: kind, credentialId, sealed }: Usable,
): AppCredential | null {
  const opened = open(vault, { connectionId, credentialId, kind }, sealed)
  if (opened === null) return null
  return certificate === null
    ? { kind: 'client_secret', secret: opened }
    : { kind: 'certificate', privateKey: opened, certificate }
}

function open(
  vault: CredentialVault,
  ...[place, sealed]: Parameters<CredentialVault['open']>
): string | null {
  try {
    return vault.open(place, sealed)
  } catch (error) {
    if (error instanceof SealBroken) return null
    throw error
  }
}
