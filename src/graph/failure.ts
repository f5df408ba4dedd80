/** Why an answer is missing although Microsoft should have given one. */
export type UnreachableDetail = 'network' | 'timeout' | 'server_error' | 'unreadable'

/** What support needs to find the request again; never a secret, a token or more than a line of Microsoft's text. */
export interface Diagnostics {
  readonly status?: number
  readonly code?: string
  readonly message?: string
  readonly requestId?: string
  readonly clientRequestId?: string
  /** The trace id of a sign-in, or Intune's activity id. */
  readonly traceId?: string
  readonly correlationId?: string
}

type Cause =
  | { readonly kind: 'credential_missing' }
  | { readonly kind: 'credential_rejected' }
  | { readonly kind: 'credential_expired' }
  | { readonly kind: 'app_not_installed' }
  | { readonly kind: 'app_disabled' }
  | { readonly kind: 'directory_unknown' }
  /** Microsoft answered with a token of another directory than the one asked for. */
  | { readonly kind: 'directory_mismatch' }
  | { readonly kind: 'access_policy' }
  /** Any of these permissions would do, as far as Microsoft named them. */
  | { readonly kind: 'permission_missing'; readonly acceptable: readonly string[] }
  | { readonly kind: 'not_licensed' }
  | { readonly kind: 'not_found' }
  | { readonly kind: 'rejected_request' }
  | { readonly kind: 'throttled'; readonly retryAfterSeconds: number | null }
  | { readonly kind: 'unreachable'; readonly detail: UnreachableDetail }
  /**
   * A write was sent and nobody said what became of it: it may have been carried out. It was not sent again;
   * whoever asked for it has to look before that.
   */
  | { readonly kind: 'outcome_unknown'; readonly detail: UnreachableDetail | 'cancelled' }
  /** Graph refused the token, and a new one as well. */
  | { readonly kind: 'unauthenticated' }
  /** A next link that leaves the Graph of this cloud; it was not followed. */
  | { readonly kind: 'untrusted_link' }
  /** A link that Microsoft gave for reading on is not taken any more; the reading has to begin anew. */
  | { readonly kind: 'sync_state_lost' }
  /** A link to a further page of a collection was used too late. What was read before stays true; the reading has to begin anew. */
  | { readonly kind: 'page_link_expired' }
  | { readonly kind: 'cancelled' }

/** Everything that may go wrong between us and Microsoft, as a value. */
export type GraphFailure = Cause & { readonly diagnostics: Diagnostics }

export type Result<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly failure: GraphFailure }

/** An answer. */
export const success = <T>(value: T): Result<T> => ({ ok: true, value })

/** A failure, with what is known for its diagnostics. */
export const failed = (cause: Cause, known: Known = {}): { ok: false; failure: GraphFailure } => ({
  ok: false,
  failure: { ...cause, diagnostics: diagnosticsOf(known) },
})

/** What may or may not be known about a request. */
export type Known = { readonly [Field in keyof Diagnostics]?: Diagnostics[Field] | null | undefined }

/** Only what is known; every text bounded and freed from anything that looks like a secret. */
function diagnosticsOf(known: Known): Diagnostics {
  const facts = Object.entries(known)
    .filter(([, fact]) => fact !== null && fact !== undefined && fact !== '')
    .map(([field, fact]) => [field, typeof fact === 'string' ? presentable(fact) : fact])
  return Object.fromEntries(facts)
}

const presentable = (text: string): string =>
  text
    .replace(/\beyJ[\w.-]+/g, MASK)
    .replace(/\b(bearer|basic)\s+\S+/gi, `$1 ${MASK}`)
    .replace(/\b(\w*(?:secret|password|assertion|token|signature|sig))\s*[=:]\s*\S+/gi, `$1=${MASK}`)
    .replace(/[\w~.+/=-]{24,}/g, (run) => (looksSecret(run) ? MASK : run))
    .slice(0, 300)

const MASK = '[hidden]'
const GUID = /[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/i

const looksSecret = (run: string): boolean =>
  !GUID.test(run) && /[0-9]/.test(run) && /[A-Z]/.test(run) && /[a-z]/.test(run)
