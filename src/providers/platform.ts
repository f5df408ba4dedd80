import type { AppCredential } from '../graph/index.ts'

/** The central app of the installation, which every platform connection signs in as. */
export interface PlatformIdentity {
  /** A GUID in lower case. */
  readonly clientId: string
  readonly credential: AppCredential
  /** Changes with the credential, so that a token of the one before is not used again. */
  readonly version: string
}

/**
 * Whether the installation can sign in as the app of a connection that uses the central one. A connection
 * that was consented to when the installation had another central app is not spoken for by the new one.
 */
export const isOurApp = (connection: { clientId: string } | null, platformClientId: string | null): boolean =>
  platformClientId !== null && (connection === null || connection.clientId === platformClientId)
