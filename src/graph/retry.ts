import type { GraphFailure } from './failure.ts'

export interface RetryFacts {
  readonly failure: GraphFailure
  /** Retries made so far. */
  readonly retries: number
  readonly maxRetries: number
  /** Milliseconds of patience that are left. */
  readonly patienceLeftMs: number
  /** Between 0 and 1. */
  readonly chance: number
}

export type RetryVerdict = { readonly kind: 'wait'; readonly ms: number } | { readonly kind: 'give_up' }

/** Whether a failed read is worth another try, and after how long; a pause longer than our patience is not begun. */
export function decideRetry(facts: RetryFacts): RetryVerdict {
  if (!isPassing(facts.failure) || facts.retries >= facts.maxRetries) return { kind: 'give_up' }
  const ms = askedPause(facts.failure) ?? backoff(facts.retries, facts.chance)
  return ms > facts.patienceLeftMs ? { kind: 'give_up' } : { kind: 'wait', ms }
}

const isPassing = (failure: GraphFailure): boolean =>
  failure.kind === 'throttled' || (failure.kind === 'unreachable' && failure.detail !== 'unreadable')

const askedPause = (failure: GraphFailure): number | null =>
  failure.kind === 'throttled' && failure.retryAfterSeconds !== null
    ? Math.ceil(failure.retryAfterSeconds * 1000)
    : null

/** Two seconds, doubled each time up to thirty, of which at least half is waited. */
const backoff = (retries: number, chance: number): number =>
  Math.round(Math.min(2_000 * 2 ** retries, 30_000) * (0.5 + chance / 2))
