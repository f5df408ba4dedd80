import * as openid from 'openid-client'
import { z } from 'zod'
import { type DirectoryId, parseDirectoryId } from '../kernel/index.ts'
import { ASSERTION_TYPE, clientAssertion } from './client-assertion.ts'
import type { CloudProfile } from './cloud-profile.ts'
import type { AppCredential } from './credential.ts'

/** The app that people sign in to, and the directory they have to be of. */
export interface SignInApp {
  readonly profile: CloudProfile
  readonly directoryId: DirectoryId
  readonly clientId: string
  readonly credential: AppCredential
  readonly redirectUri: string
}

/** What binds a sign-in to whoever began it; the browser only ever sees the state and a hash of the verifier. */
export interface SignInBinding {
  readonly state: string
  readonly nonce: string
  readonly codeVerifier: string
}

/** Somebody who signed in to a directory, as Microsoft's signed ID token tells. */
export interface SignedInPerson {
  readonly directoryId: DirectoryId
  /** Their object id in that directory. */
  readonly objectId: string
  /** How they sign in, such as ada@contoso.com; for people to read only. */
  readonly name: string
  /** The template ids of the directory roles they hold (`wids`). */
  readonly directoryRoles: readonly string[]
}

export type SignInResult =
  | { readonly kind: 'signed_in'; readonly person: SignedInPerson }
  /** The person or Microsoft refused, or the answer does not belong to this sign-in. */
  | { readonly kind: 'refused'; readonly error: string }
  | { readonly kind: 'unreachable' }

const TIMEOUT_SECONDS = 30

/** A binding that nobody can guess. */
export const newBinding = (): SignInBinding => ({
  state: openid.randomState(),
  nonce: openid.randomNonce(),
  codeVerifier: openid.randomPKCECodeVerifier(),
})

/**
 * Where a person of the directory signs in (authorization code with PKCE); null when Microsoft does not
 * answer or does not know the directory.
 */
export async function signInAddress(app: SignInApp, binding: SignInBinding): Promise<string | null> {
  const config = await configurationOf(app).catch(() => null)
  if (!config) return null
  return openid.buildAuthorizationUrl(config, {
    redirect_uri: app.redirectUri,
    response_type: 'code',
    scope: 'openid profile',
    state: binding.state,
    nonce: binding.nonce,
    code_challenge: await openid.calculatePKCECodeChallenge(binding.codeVerifier),
    code_challenge_method: 'S256',
  }).href
}

/**
 * Who signed in, from the address that Microsoft sent the browser back to. The code is redeemed at the
 * directory's own endpoint, and signature, issuer, audience, nonce, state and times of the ID token are checked.
 */
export async function personSignedIn(
  app: SignInApp,
  binding: SignInBinding,
  query: URLSearchParams,
): Promise<SignInResult> {
  const error = query.get('error')
  if (error !== null) return { kind: 'refused', error: error.slice(0, 100) }
  try {
    const config = await configurationOf(app)
    const callback = new URL(app.redirectUri)
    callback.search = query.toString()
    const tokens = await openid.authorizationCodeGrant(config, callback, {
      expectedState: binding.state,
      expectedNonce: binding.nonce,
      pkceCodeVerifier: binding.codeVerifier,
      idTokenExpected: true,
    })
    const person = personIn(tokens.claims())
    return person ? { kind: 'signed_in', person } : { kind: 'refused', error: 'unreadable_id_token' }
  } catch (fault) {
    return isNoAnswer(fault) ? { kind: 'unreachable' } : { kind: 'refused', error: refusalOf(fault) }
  }
}

async function configurationOf(app: SignInApp) {
  const { clientId, directoryId, profile } = app
  const issuer = new URL(`${profile.authorityBaseUrl}/${directoryId}/v2.0`)
  const config = await openid.discovery(issuer, clientId, {}, proofOf(app), {
    timeout: TIMEOUT_SECONDS,
    execute: [
      openid.enableNonRepudiationChecks, // the signature of the ID token is checked as well
      ...(profile.name === 'sandbox' ? [openid.allowInsecureRequests] : []),
    ],
  })
  refuseForeignEndpoints(config, profile)
  return config
}

/** Code, verifier and credential go to the sign-in service of this cloud and nowhere else. */
function refuseForeignEndpoints(config: openid.Configuration, { authorityBaseUrl }: CloudProfile): void {
  const { authorization_endpoint, jwks_uri, token_endpoint } = config.serverMetadata()
  for (const endpoint of [authorization_endpoint, jwks_uri, token_endpoint])
    if (!endpoint || new URL(endpoint).origin !== authorityBaseUrl)
      throw new Error('The sign-in service named an endpoint outside its cloud.')
}

/** The same proofs as for the app's own tokens. */
function proofOf({ credential }: SignInApp): openid.ClientAuth {
  if (credential.kind === 'client_secret') return openid.ClientSecretPost(credential.secret)
  return ({ token_endpoint: audience = '' }, { client_id: clientId }, body) => {
    body.set('client_id', clientId)
    body.set('client_assertion_type', ASSERTION_TYPE)
    body.set('client_assertion', clientAssertion({ audience, clientId, credential, now: new Date() }))
  }
}

const claims = z.object({
  tid: z.string(),
  oid: z.guid(),
  preferred_username: z.string().optional(),
  name: z.string().optional(),
  wids: z.array(z.string()).default([]),
})

function personIn(given: unknown): SignedInPerson | null {
  const read = claims.safeParse(given).data
  const directoryId = parseDirectoryId(read?.tid ?? '')
  if (!read || !directoryId) return null
  return {
    directoryId,
    objectId: read.oid.toLowerCase(),
    name: (read.preferred_username ?? read.name ?? read.oid).slice(0, 300),
    directoryRoles: read.wids.map((id) => id.toLowerCase()),
  }
}

/** Whether nothing usable was answered; everything else is an answer that does not do. */
const isNoAnswer = (fault: unknown): boolean =>
  !(fault instanceof Error && 'code' in fault && fault.code !== undefined) ||
  NO_ANSWER.has(String(fault.code))

const NO_ANSWER = new Set(['OAUTH_TIMEOUT', 'OAUTH_ABORT', 'OAUTH_RESPONSE_IS_NOT_CONFORM'])

/** A code for the record; the texts of errors may quote what was sent. */
function refusalOf(fault: unknown): string {
  const { code, error } = fault as { code?: unknown; error?: unknown }
  return String(typeof error === 'string' ? error : (code ?? 'invalid')).slice(0, 100)
}
