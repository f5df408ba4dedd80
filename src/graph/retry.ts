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

/**
 * Whether a failed read is tried again at once, and after which moment's pause. Only what may be over in a
 * moment is: a lost connection, a server's error. Where Microsoft asks for a pause, and where it stays
 * unreachable, whoever asked waits elsewhere, and holds nothing meanwhile.
 */
export function decideRetry(facts: RetryFacts): RetryVerdict {
  if (!isMomentary(facts.failure) || facts.retries >= facts.maxRetries) return { kind: 'give_up' }
  const ms = backoff(facts.retries, facts.chance)
  return ms > facts.patienceLeftMs ? { kind: 'give_up' } : { kind: 'wait', ms }
}

const isMomentary = (failure: GraphFailure): boolean =>
  failure.kind === 'unreachable' && failure.detail !== 'unreadable'

/** Half a second, doubled each time, of which at least half is waited. */
const backoff = (retries: number, chance: number): number =>
  Math.round(500 * 2 ** retries * (0.5 + chance / 2))
