import { randomUUID } from 'node:crypto'
import { z } from 'zod'
import { type Clock, type DirectoryId, match, parseDirectoryId } from '../kernel/index.ts'
import { AccessToken } from './access-token.ts'
import { ASSERTION_TYPE, clientAssertion } from './client-assertion.ts'
import type { CloudProfile } from './cloud-profile.ts'
import type { AppCredential } from './credential.ts'
import { type Exchange, exchange, type Fetch } from './exchange.ts'
import { failed, type Result, success } from './failure.ts'
import { retryAfterSeconds } from './retry-after.ts'
import { tokenFailure } from './token-failure.ts'

export interface TokenRequest {
  readonly profile: CloudProfile
  readonly directoryId: DirectoryId
  readonly clientId: string
  readonly credential: AppCredential
  readonly fetch: Fetch
  readonly clock: Clock
  readonly timeoutMs: number
}

/** Asks Microsoft once for an app-only token of one directory. It is not retried here. */
export async function requestToken(request: TokenRequest): Promise<Result<AccessToken>> {
  const askedAt = request.clock.monotonic()
  const clientRequestId = randomUUID()
  const answer = await exchange(request.fetch, {
    url: endpointOf(request),
    method: 'POST',
    headers: {
      accept: 'application/json',
      'content-type': 'application/x-www-form-urlencoded',
      'client-request-id': clientRequestId,
      'return-client-request-id': 'true',
      'x-ms-lib-capability': 'retry-after, h429',
    },
    body: formOf(request),
    timeoutMs: request.timeoutMs,
    maxBytes: 1_000_000,
  })
  return readAnswer(request, answer, { askedAt, clientRequestId })
}

const endpointOf = ({ directoryId, profile }: TokenRequest): string =>
  `${profile.authorityBaseUrl}/${directoryId}/oauth2/v2.0/token`

const formOf = (request: TokenRequest): string =>
  new URLSearchParams({
    grant_type: 'client_credentials',
    client_id: request.clientId,
    scope: request.profile.scope,
    ...proofOf(request),
  }).toString()

/** The fields with which the application proves itself: its secret, or what its private key signed. */
const proofOf = (request: TokenRequest): Record<string, string> =>
  match(request.credential, {
    client_secret: ({ secret }) => ({ client_secret: secret }),
    certificate: (credential) => ({
      client_assertion_type: ASSERTION_TYPE,
      client_assertion: clientAssertion({
        audience: endpointOf(request),
        clientId: request.clientId,
        credential,
        now: request.clock.now(),
      }),
    }),
  })

function readAnswer(
  request: TokenRequest,
  answer: Exchange,
  asked: { askedAt: number; clientRequestId: string },
): Result<AccessToken> {
  const known = { clientRequestId: asked.clientRequestId }
  if (answer.kind === 'cancelled') return failed({ kind: 'cancelled' }, known)
  if (answer.kind === 'lost') return failed({ kind: 'unreachable', detail: answer.detail }, known)
  if (answer.status !== 200) {
    return tokenFailure({
      status: answer.status,
      text: answer.text,
      retryAfterSeconds: retryAfterSeconds(answer.headers, request.clock.now()),
      clientRequestId: asked.clientRequestId,
      requestId: answer.headers.get('x-ms-request-id'),
    })
  }
  const token = parseToken(answer.text, asked.askedAt, request.clock.now())
  if (!token)
    return failed({ kind: 'unreachable', detail: 'unreadable' }, { ...known, status: answer.status })
  if (token.directoryId !== request.directoryId) return failed({ kind: 'directory_mismatch' }, known)
  return success(token)
}

const grantBody = z.object({ access_token: z.string(), expires_in: z.coerce.number().positive() })

const claimsBody = z.object({
  tid: z.string(),
  appid: z.string().optional(),
  azp: z.string().optional(),
  roles: z.array(z.string()).default([]),
})

/** Reads the grant and its claims; the signature is Graph's business, not ours. Without `roles` nothing is granted. */
function parseToken(text: string, askedAt: number, obtainedAt: Date): AccessToken | null {
  const grant = grantBody.safeParse(parseJson(text)).data
  const payload = Buffer.from(grant?.access_token.split('.')[1] ?? '', 'base64url').toString('utf8')
  const claims = claimsBody.safeParse(parseJson(payload)).data
  const directoryId = parseDirectoryId(claims?.tid ?? '')
  if (!grant || !claims || !directoryId) return null
  const lifetimeMs = grant.expires_in * 1000
  return new AccessToken({
    token: grant.access_token,
    obtainedAt,
    expiresAt: askedAt + lifetimeMs,
    lifetimeMs,
    roles: claims.roles,
    directoryId,
    appId: claims.appid ?? claims.azp ?? '',
  })
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
