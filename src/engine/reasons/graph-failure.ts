import type { GraphFailure } from '../../graph/index.ts'
import { match } from '../../kernel/index.ts'
import type { Reason, ReasonOf } from './reason.ts'

/** What we know about an attempt at Microsoft that failed. */
export interface GraphAttempt {
  readonly at: Date
  /** The application permissions that the failed request needed. */
  readonly required: readonly string[]
  readonly signedInWith: SignedInWith
}

/** The central app's credential belongs to the installation, any other to the connection. */
export type SignedInWith =
  | { readonly kind: 'platform' }
  | {
      readonly kind: 'dedicated'
      readonly credential: ReasonOf<'provider_credential_rejected'>['credential']
      /** When the credential ends as far as we were told (ISO 8601); null when nobody said. */
      readonly expiresAt: string | null
    }

/** What a failure at Microsoft means to a person. */
export const reasonOfGraphFailure = (failure: GraphFailure, attempt: GraphAttempt): Reason =>
  match<GraphFailure, Reason>(failure, {
    credential_missing: () => credentialReason(attempt, () => ({ code: 'provider_credential_missing' })),
    credential_expired: () => credentialReason(attempt, (own) => expired(own, attempt.at)),
    credential_rejected: () => credentialReason(attempt, rejected),
    unauthenticated: () => ({ code: 'provider_token_rejected' }), // the sign-in itself went well, so no credential is at fault
    app_not_installed: () => ({ code: 'provider_consent_missing' }),
    app_disabled: () => ({ code: 'provider_app_disabled' }),
    directory_unknown: () => ({ code: 'provider_directory_unknown' }),
    directory_mismatch: () => ({ code: 'provider_scope_mismatch' }),
    access_policy: () => ({ code: 'provider_access_policy' }),
    permission_missing: ({ acceptable }) => ({
      code: 'provider_permission_missing',
      permissions: namedPermissions(acceptable, attempt.required),
    }),
    not_licensed: () => ({ code: 'provider_not_licensed' }),
    throttled: ({ retryAfterSeconds }) => ({
      code: 'provider_throttled',
      until: retryAfterSeconds === null ? null : later(attempt.at, retryAfterSeconds),
    }),
    unreachable: () => ({ code: 'provider_unreachable' }),
    not_found: () => ({ code: 'provider_rejected_request' }),
    outcome_unknown: () => ({ code: 'provider_outcome_unknown' }),
    page_link_expired: () => ({ code: 'provider_reading_lost' }),
    rejected_request: () => ({ code: 'provider_rejected_request' }),
    sync_state_lost: () => ({ code: 'provider_reading_lost' }),
    untrusted_link: () => ({ code: 'provider_link_untrusted' }),
    cancelled: () => ({ code: 'run_cancelled', by: null }),
  })

type OwnCredential = Extract<SignedInWith, { kind: 'dedicated' }>

/** Nobody in the tenant can mend the central app, so its failures have a reason of their own. */
const credentialReason = ({ signedInWith }: GraphAttempt, own: (way: OwnCredential) => Reason): Reason =>
  signedInWith.kind === 'platform' ? { code: 'platform_identity_missing' } : own(signedInWith)

const rejected = ({ credential }: OwnCredential): Reason => ({
  code: 'provider_credential_rejected',
  credential,
})

/** Microsoft's word counts; our date is told only where it does not contradict it. */
const expired = ({ credential, expiresAt }: OwnCredential, at: Date): Reason => ({
  code: 'provider_credential_expired',
  credential,
  expiredAt: expiresAt !== null && Date.parse(expiresAt) <= at.getTime() ? expiresAt : null,
})

/**
 * Any of the acceptable permissions would do: the one we ask for anyway, else the first, which is
 * the narrowest. When Microsoft named none, ours is named only if there is just one it can be.
 */
function namedPermissions(acceptable: readonly string[], required: readonly string[]): string[] {
  const [narrowest] = acceptable
  const ours = required.find((permission) => acceptable.includes(permission)) ?? narrowest
  if (ours !== undefined) return [ours]
  return required.length === 1 ? [...required] : []
}

const later = (at: Date, seconds: number) => new Date(at.getTime() + seconds * 1000).toISOString()
