import type { Db } from '../database/index.ts'
import {
  type AppCredential,
  type CloudProfile,
  createGraphClient,
  type GraphClient,
  type Result,
  type TokenCache,
} from '../graph/index.ts'
import { type CredentialSlot, connectionForUse, type OwnCredential } from './connection-for-use.sql.ts'
import { type CredentialKind, type CredentialVault, SealBroken } from './credential-vault.ts'
import type { PlatformIdentity } from './platform.ts'

/** What it takes to reach Microsoft through a connection. */
export interface ProviderAccess {
  readonly profile: CloudProfile
  readonly vault: CredentialVault
  readonly tokens: TokenCache
  /** The central app of the installation; null without one. */
  readonly platform: PlatformIdentity | null
}

/** For how long requests may be sent: the run at work. */
export interface Leash {
  readonly signal: AbortSignal
  maySend(): boolean
}

/** Whose credential it is: the installation's central one, or the connection's own. */
export type SignedInWith =
  | { readonly kind: 'platform' }
  | { readonly kind: 'dedicated'; readonly credential: CredentialKind; readonly expiresAt: string | null }

/** A way to Microsoft Graph through exactly one connection, for as long as its leash lasts. */
export interface GraphAccess {
  readonly client: GraphClient
  /** How the app proves itself, for the words of a refusal. */
  readonly signedInWith: SignedInWith
  /** Which credential it is; another one stored later has another id. Null for the central one. */
  readonly credentialId: string | null
  readonly connection: { readonly clientId: string; readonly directoryId: string; readonly consent: string }
  /** The application permissions of the last token obtained; null before the first one. */
  granted(): readonly string[] | null
}

/**
 * Opens the pinned connection of a run with the credential in use, or with the one that waits to be tried.
 * One that is gone or cannot be opened with the key in force, and a central app that the installation no
 * longer has, are the failure `credential_missing`.
 */
export async function graphFor(
  db: Db,
  access: ProviderAccess,
  pinned: { tenantId: number; connectionId: number },
  leash: Leash,
  slot: CredentialSlot = 'in_use',
): Promise<Result<GraphAccess>> {
  const connection = await connectionForUse(db, pinned.tenantId, pinned.connectionId, slot)
  const way = connection && wayIn(access, pinned.connectionId, connection)
  if (!connection || !way) return { ok: false, failure: { kind: 'credential_missing', diagnostics: {} } }
  let granted: readonly string[] | null = null
  const client = createGraphClient({
    profile: access.profile,
    directoryId: connection.directoryId,
    clientId: connection.clientId,
    credential: way.credential,
    credentialVersion: way.version,
    tokens: access.tokens,
    closedForMs: connection.throttledForMs,
    signal: leash.signal,
    maySend: () => leash.maySend(),
    onToken: ({ roles }) => {
      granted = roles
    },
  })
  const { clientId, consent, directoryId } = connection
  return {
    ok: true,
    value: {
      client,
      signedInWith: way.signedInWith,
      credentialId: way.credentialId,
      connection: { clientId, directoryId, consent },
      granted: () => granted,
    },
  }
}

type Usable = NonNullable<Awaited<ReturnType<typeof connectionForUse>>>

interface WayIn {
  readonly credential: AppCredential
  readonly credentialId: string | null
  /** Changes with the credential. */
  readonly version: string
  readonly signedInWith: SignedInWith
}

/** How a connection signs in. A platform connection never falls back to a credential of its own. */
function wayIn({ platform, vault }: ProviderAccess, connectionId: number, connection: Usable): WayIn | null {
  if (connection.type === 'platform') return platform && centralWay(platform, connection)
  const { own } = connection
  const credential = own && openCredential(vault, connectionId, own)
  if (!own || !credential) return null
  const { expiresAt, id, kind } = own
  const signedInWith = { kind: 'dedicated', credential: kind, expiresAt } as const
  return { credential, credentialId: id, version: id, signedInWith }
}

function centralWay({ clientId, credential, version }: PlatformIdentity, connection: Usable): WayIn | null {
  if (clientId !== connection.clientId) return null
  return { credential, credentialId: null, version, signedInWith: { kind: 'platform' } }
}

function openCredential(
  vault: CredentialVault,
  connectionId: number,
  { certificate, id: credentialId, kind, sealed }: OwnCredential,
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
