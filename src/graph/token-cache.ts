import { type Clock, systemClock } from '../kernel/index.ts'
import type { AccessToken } from './access-token.ts'
import { failed, type GraphFailure, type Result } from './failure.ts'

/** How long before its end a token is replaced; never more than half of its life. */
const AHEAD_MS = 5 * 60_000

export interface TokenWish {
  /** Cloud, directory, client id and credential version. */
  readonly key: string
  /** Asks Microsoft. It serves every caller that waits, so it takes no caller's signal. */
  readonly ask: () => Promise<Result<AccessToken>>
  /** Ask Microsoft whatever is remembered, and remember the answer. */
  readonly fresh?: boolean
  /** A token Graph refused: anything but this one. */
  readonly refused?: AccessToken | undefined
  readonly signal?: AbortSignal | undefined
}

/** Tokens of this process. Callers with the same wish share one request. */
export interface TokenCache {
  obtain(wish: TokenWish): Promise<Result<AccessToken>>
}

interface Held {
  readonly token: AccessToken
  readonly turn: number
}

/** An empty cache; one per process. */
export function createTokenCache(clock: Clock = systemClock): TokenCache {
  const held = new Map<string, Held>()
  const asking = new Map<string, Promise<Result<AccessToken>>>()
  let turns = 0

  async function ask(wish: TokenWish, turn: number): Promise<Result<AccessToken>> {
    const answer = await wish.ask()
    const newer = (held.get(wish.key)?.turn ?? 0) > turn
    if (answer.ok && !newer) held.set(wish.key, { token: answer.value, turn })
    if (!answer.ok && !newer && isRefusal(answer.failure)) held.delete(wish.key)
    return answer
  }

  function start(wish: TokenWish): Promise<Result<AccessToken>> {
    forgetEnded(held, clock)
    turns += 1
    const request = ask(wish, turns).finally(() => {
      if (asking.get(wish.key) === request) asking.delete(wish.key)
    })
    asking.set(wish.key, request)
    return request
  }

  return {
    obtain: (wish) => {
      if (wish.fresh) return unlessCancelled(start(wish), wish.signal)
      const token = held.get(wish.key)?.token
      if (token && token !== wish.refused && isYoung(token, clock))
        return Promise.resolve({ ok: true, value: token })
      return unlessCancelled(asking.get(wish.key) ?? start(wish), wish.signal)
    },
  }
}

const isYoung = (token: AccessToken, clock: Clock): boolean =>
  clock.monotonic() < token.expiresAt - Math.min(AHEAD_MS, token.lifetimeMs / 2)

/** Whether Microsoft said no, as opposed to not answering: then the remembered token is not used any more either. */
const isRefusal = (failure: GraphFailure): boolean =>
  !['throttled', 'unreachable', 'cancelled'].includes(failure.kind)

function forgetEnded(held: Map<string, Held>, clock: Clock): void {
  for (const [key, { token }] of held) if (clock.monotonic() >= token.expiresAt) held.delete(key)
}

/** Lets one caller leave while the shared request goes on for the others. */
function unlessCancelled<T>(
  request: Promise<Result<T>>,
  signal: AbortSignal | undefined,
): Promise<Result<T>> {
  if (!signal) return request
  return new Promise((resolve, reject) => {
    const leave = () => resolve(failed({ kind: 'cancelled' }))
    if (signal.aborted) leave()
    signal.addEventListener('abort', leave)
    request.then(resolve, reject).finally(() => signal.removeEventListener('abort', leave))
  })
}
