import { randomUUID } from 'node:crypto'
import type { Clock, DirectoryId } from '../kernel/index.ts'
import type { AccessToken } from './access-token.ts'
import type { CloudProfile } from './cloud-profile.ts'
import type { AppCredential } from './credential.ts'
import { type Answer, type Exchange, exchange, type Fetch } from './exchange.ts'
import { failed, type GraphFailure, type Result, success } from './failure.ts'
import { graphFailure } from './graph-failure.ts'
import { requestToken } from './token.ts'
import type { TokenCache } from './token-cache.ts'
import { asWrite } from './write.ts'

/** The largest answer we hold in memory, in bytes. */
const MAX_BYTES = 32_000_000

export interface SessionOptions {
  readonly profile: CloudProfile
  readonly directoryId: DirectoryId
  readonly clientId: string
  readonly credential: AppCredential
  /** Changes with the credential, so that a token of the old one is not used with the new. */
  readonly credentialVersion: string
  readonly tokens: TokenCache
  readonly fetch: Fetch
  readonly clock: Clock
  readonly timeoutMs: number
  readonly closedForMs?: number | undefined
  readonly signal?: AbortSignal | undefined
  readonly maySend?: (() => boolean) | undefined
  readonly onToken?: ((granted: { roles: string[]; at: Date }) => void | Promise<void>) | undefined
}

/** One application signed in to one directory. */
export interface Session {
  token(wish: { fresh?: boolean; refused?: AccessToken }): Promise<Result<AccessToken>>
  /** One GET with a token; a refused token is replaced once. Nothing else is retried here. */
  read(url: string, priority?: 'low'): Promise<Result<Answer>>
  /** One POST in the same way; of a write whose answer is missing the outcome is unknown. */
  post(posted: Posted, priority?: 'low'): Promise<Result<Answer>>
  /** Takes in a failure that came inside another answer: a pause that it asks for is kept like any other. */
  learn(failure: GraphFailure): void
}

export interface Posted {
  readonly url: string
  /** JSON. */
  readonly body: string
  readonly isWrite: boolean
}

/** Signs requests of one application in one directory. */
export function createSession(options: SessionOptions): Session {
  let known: AccessToken | null = null
  const window = throttleWindow(options)

  async function token(wish: { fresh?: boolean; refused?: AccessToken }): Promise<Result<AccessToken>> {
    const { tokens, signal } = options
    if (isOver(options)) return failed({ kind: 'cancelled' }, {})
    const ask = () => requestToken(options)
    const granted = await tokens.obtain({ key: keyOf(options), ask, signal, ...wish })
    if (!granted.ok || granted.value === known) return granted
    known = granted.value
    await options.onToken?.({ roles: [...known.roles], at: known.obtainedAt })
    return granted
  }

  async function signed(request: Outgoing): Promise<Result<Answer>> {
    const first = await token({})
    if (!first.ok) return first
    const answer = await window.unlessClosed(() => send(options, request, first.value))
    if (answer.ok || answer.failure.kind !== 'unauthenticated') return answer
    const second = await token({ refused: first.value })
    return second.ok ? window.unlessClosed(() => send(options, request, second.value)) : second
  }

  return {
    token,
    read: (url, priority) => signed({ url, priority, isWrite: false }),
    post: (posted, priority) => signed({ ...posted, priority }),
    learn: window.learn,
  }
}

interface Outgoing extends Omit<Posted, 'body'> {
  readonly body?: string
  readonly priority: 'low' | undefined
}

/** Keeps requests from Graph while it wants none, and learns from its answers until when that is. */
function throttleWindow({ clock, closedForMs = 0 }: SessionOptions) {
  let opensAt = clock.monotonic() + closedForMs
  const learn = (failure: GraphFailure) => {
    if (failure.kind === 'throttled')
      opensAt = Math.max(opensAt, clock.monotonic() + (failure.retryAfterSeconds ?? 0) * 1000)
  }
  return {
    async unlessClosed(ask: () => Promise<Result<Answer>>): Promise<Result<Answer>> {
      const closedMs = opensAt - clock.monotonic()
      if (closedMs > 0) return failed({ kind: 'throttled', retryAfterSeconds: closedMs / 1000 })
      const answer = await ask()
      if (!answer.ok) learn(answer.failure)
      return answer
    },
    learn,
  }
}

const isOver = ({ maySend }: SessionOptions): boolean => maySend?.() === false

const keyOf = ({ profile, directoryId, clientId, credentialVersion }: SessionOptions): string =>
  JSON.stringify([profile.name, profile.authorityBaseUrl, directoryId, clientId, credentialVersion])

async function send(options: SessionOptions, request: Outgoing, token: AccessToken): Promise<Result<Answer>> {
  if (isOver(options)) return failed({ kind: 'cancelled' }, {})
  const clientRequestId = randomUUID()
  const answer = await exchange(options.fetch, {
    ...contentOf(request),
    url: request.url,
    headers: {
      accept: 'application/json',
      authorization: token.authorization(),
      'client-request-id': clientRequestId,
      ...(request.body !== undefined && { 'content-type': 'application/json' }),
      ...(request.priority && { 'x-ms-throttle-priority': 'Low' }),
    },
    timeoutMs: options.timeoutMs,
    maxBytes: MAX_BYTES,
    signal: options.signal,
  })
  const result = resultOf(answer, clientRequestId, options.clock.now())
  return request.isWrite ? asWrite(answer, result) : result
}

const contentOf = ({ body }: Outgoing) =>
  body === undefined ? ({ method: 'GET' } as const) : ({ method: 'POST', body } as const)

function resultOf(answer: Exchange, clientRequestId: string, now: Date): Result<Answer> {
  if (answer.kind === 'cancelled') return failed({ kind: 'cancelled' }, { clientRequestId })
  if (answer.kind === 'lost')
    return failed({ kind: 'unreachable', detail: answer.detail }, { clientRequestId })
  if (answer.status >= 200 && answer.status < 300) return success(answer)
  return graphFailure(answer, clientRequestId, now)
}
