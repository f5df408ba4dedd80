import type { DirectoryId } from '../kernel/index.ts'
import type { CloudProfile } from './cloud-profile.ts'

/** What is sent along with the question for admin consent, and comes back with the answer. */
export interface ConsentQuestion {
  readonly directoryId: DirectoryId
  readonly clientId: string
  readonly redirectUri: string
  readonly state: string
}

/**
 * Where an administrator of a directory is asked for consent to everything an app is registered to need.
 * https://learn.microsoft.com/entra/identity-platform/v2-admin-consent
 */
export function adminConsentAddress(
  { authorityBaseUrl, scope }: CloudProfile,
  { clientId, directoryId, redirectUri, state }: ConsentQuestion,
): string {
  const address = new URL(`${authorityBaseUrl}/${directoryId}/v2.0/adminconsent`)
  address.search = new URLSearchParams({
    client_id: clientId,
    scope,
    redirect_uri: redirectUri,
    state,
  }).toString()
  return address.href
}

/** What came back. It says nothing that the browser could not have made up; only a sign-in proves anything. */
export type ConsentAnswer = { readonly kind: 'given' } | { readonly kind: 'refused'; readonly error: string }

/** Reads the answer to the question for consent: a refusal carries `admin_consent=True` as well, so `error` is looked at first. */
export function readConsentAnswer(query: URLSearchParams): ConsentAnswer {
  const error = query.get('error')
  if (error !== null) return { kind: 'refused', error: error.slice(0, 100) }
  return query.get('admin_consent')?.toLowerCase() === 'true'
    ? { kind: 'given' }
    : { kind: 'refused', error: 'unanswered' }
}
