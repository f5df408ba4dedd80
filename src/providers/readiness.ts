/** What a decision knows of a provider connection. Times are ISO 8601 texts of the database's clock. */
export interface ConnectionFacts {
  readonly id: number
  readonly label: string
  readonly provider: string
  readonly version: number
  readonly isEnabled: boolean
  readonly type: 'platform' | 'dedicated'
  readonly clientId: string
  readonly directoryId: string
  readonly consent: 'unknown' | 'required' | 'granted' | 'failed' | 'revoked'
  readonly credential: CredentialFacts
  /** The credential that waits to be tried; decisions kept from before there was one do not know of it. */
  readonly nextCredential?: { readonly expiresAt: string | null } | null
  readonly evidence: EvidenceFacts | null
  readonly throttledUntil: string | null
}

export type CredentialFacts =
  | { readonly kind: 'missing' }
  | {
      readonly kind: 'present'
      readonly form: CredentialForm
      readonly expiresAt: string | null
      readonly rejectedAt: string | null
    }

type CredentialForm = 'client_secret' | 'certificate'

/** The application permissions last seen granted in a token, and when. */
export interface EvidenceFacts {
  readonly permissions: readonly string[]
  readonly seenAt: string
}

/** What an operation needs of its connection. */
export interface ReadinessNeed {
  readonly level: 'enabled_connection' | 'full'
  readonly required: readonly { readonly permission: string; readonly alsoSatisfiedBy: readonly string[] }[]
  readonly evidenceMaxAgeDays: number
  /** Whether the installation can sign in as the app of a platform connection. */
  readonly platformIdentity: boolean
  /** The directory of the tenant that the connection has to reach. */
  readonly directoryId: string
}

/** Why a connection is not ready; each is one of the reasons of the catalogue, with its facts. */
export type ReadinessObjection =
  | { readonly code: 'provider_connection_disabled' }
  | { readonly code: 'provider_scope_mismatch' }
  | { readonly code: 'provider_consent_missing' }
  | { readonly code: 'provider_consent_revoked' }
  | { readonly code: 'provider_consent_failed' }
  | { readonly code: 'platform_identity_missing' }
  | { readonly code: 'provider_credential_missing' }
  | {
      readonly code: 'provider_credential_expired'
      readonly credential: CredentialForm
      readonly expiredAt: string
      readonly nextStored?: true
    }
  | {
      readonly code: 'provider_credential_rejected'
      readonly credential: CredentialForm
      readonly nextStored?: true
    }
  | { readonly code: 'provider_evidence_missing' }
  | { readonly code: 'provider_evidence_stale'; readonly seenAt: string; readonly maxAgeDays: number }
  | { readonly code: 'provider_permission_missing'; readonly permissions: string[]; readonly seenAt: string }
  | { readonly code: 'provider_throttled'; readonly until: string }

/**
 * The first obstacle between an operation and its connection, or null when it is ready. The order of
 * the lines is the policy. A check of the connection looks only at what it needs itself: a rejected
 * credential, old evidence or a throttle window never stop it, because it is how a connection recovers. It is also
 * the only one that a credential is good for which waits to be tried.
 */
export function readinessObjection(
  connection: ConnectionFacts,
  need: ReadinessNeed,
  at: string,
): ReadinessObjection | null {
  if (!connection.isEnabled) return { code: 'provider_connection_disabled' }
  const credential = credentialObjection(connection, need, at)
  if (need.level === 'enabled_connection') return hasNext(connection, at) ? null : credential
  if (connection.directoryId !== need.directoryId) return { code: 'provider_scope_mismatch' }
  return (
    consentObjection(connection) ??
    credential ??
    rejection(connection, at) ??
    permissionObjection(connection.evidence, need, at) ??
    throttleObjection(connection.throttledUntil, at)
  )
}

function consentObjection({ consent }: ConnectionFacts): ReadinessObjection | null {
  if (consent === 'required') return { code: 'provider_consent_missing' }
  if (consent === 'revoked') return { code: 'provider_consent_revoked' }
  if (consent === 'failed') return { code: 'provider_consent_failed' }
  if (consent === 'unknown') return { code: 'provider_evidence_missing' }
  return null
}

function credentialObjection(
  connection: ConnectionFacts,
  need: ReadinessNeed,
  at: string,
): ReadinessObjection | null {
  const { type, credential } = connection
  if (type === 'platform') return need.platformIdentity ? null : { code: 'platform_identity_missing' }
  if (credential.kind === 'missing') return { code: 'provider_credential_missing' }
  if (credential.expiresAt !== null && !isAfter(credential.expiresAt, at))
    return {
      code: 'provider_credential_expired',
      credential: credential.form,
      expiredAt: credential.expiresAt,
      ...(hasNext(connection, at) && { nextStored: true }),
    }
  return null
}

const rejection = (connection: ConnectionFacts, at: string): ReadinessObjection | null =>
  connection.credential.kind === 'present' && connection.credential.rejectedAt !== null
    ? {
        code: 'provider_credential_rejected',
        credential: connection.credential.form,
        ...(hasNext(connection, at) && { nextStored: true }),
      }
    : null

/** Whether a credential waits that is good to be tried; the central app of a platform connection is none of it. */
const hasNext = ({ nextCredential, type }: ConnectionFacts, at: string): boolean =>
  type === 'dedicated' &&
  nextCredential != null &&
  (nextCredential.expiresAt === null || isAfter(nextCredential.expiresAt, at))

function permissionObjection(
  evidence: EvidenceFacts | null,
  need: ReadinessNeed,
  at: string,
): ReadinessObjection | null {
  if (evidence === null) return { code: 'provider_evidence_missing' }
  const { evidenceMaxAgeDays: maxAgeDays, required } = need
  if (Date.parse(at) - Date.parse(evidence.seenAt) > maxAgeDays * 86_400_000)
    return { code: 'provider_evidence_stale', seenAt: evidence.seenAt, maxAgeDays }
  const granted = new Set(evidence.permissions)
  const missing = required.filter(
    ({ permission, alsoSatisfiedBy }) => ![permission, ...alsoSatisfiedBy].some((name) => granted.has(name)),
  )
  if (missing.length === 0) return null
  const permissions = missing.map(({ permission }) => permission)
  return { code: 'provider_permission_missing', permissions, seenAt: evidence.seenAt }
}

const throttleObjection = (until: string | null, at: string): ReadinessObjection | null =>
  until !== null && isAfter(until, at) ? { code: 'provider_throttled', until } : null

const isAfter = (moment: string, other: string): boolean => Date.parse(moment) > Date.parse(other)
