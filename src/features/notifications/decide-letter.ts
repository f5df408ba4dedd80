import type { Delivery } from '../../mail/index.ts'

/** How an attempt at a letter ended, and what came before it. */
export interface LetterFacts {
  readonly delivery: Delivery
  /** Attempts so far, with this one. */
  readonly attempts: number
  /** Attempts before this one of which nobody knows whether the server took the letter. */
  readonly unsure: number
}

export type LetterVerdict =
  | { readonly kind: 'settled'; readonly as: 'sent' | 'refused' | 'given_up' }
  | { readonly kind: 'again'; readonly inSeconds: number; readonly unsure: number }

/** More than two letters about one thing would be worse than none. */
export const MOST_UNSURE = 2
const MOST_ATTEMPTS = 10
const LONGEST_PAUSE_SECONDS = 4 * 3600

/**
 * What becomes of a letter. It is tried again while it surely was not taken, in pauses that double from a minute up to
 * four hours; once more, and never again, where it may have been taken.
 */
export function decideLetter({ attempts, delivery, unsure }: LetterFacts): LetterVerdict {
  if (delivery === 'taken') return { kind: 'settled', as: 'sent' }
  if (delivery === 'refused') return { kind: 'settled', as: 'refused' }
  const unsureNow = unsure + (delivery === 'unknown' ? 1 : 0)
  if (attempts >= MOST_ATTEMPTS || unsureNow >= MOST_UNSURE) return { kind: 'settled', as: 'given_up' }
  return {
    kind: 'again',
    inSeconds: Math.min(60 * 2 ** (attempts - 1), LONGEST_PAUSE_SECONDS),
    unsure: unsureNow,
  }
}
