/** What a run cannot go on without. */
export type WaitsFor =
  /** Microsoft wants no request of this app in this directory for a while; null when it did not say for how long. */
  | { readonly kind: 'throttle_window'; readonly seconds: number | null }
  /** Microsoft cannot be reached, or its service failed. */
  | { readonly kind: 'answer' }

export interface WaitFacts {
  readonly waitsFor: WaitsFor
  /** Waits of this run since it last got further. */
  readonly waits: number
  /** Seconds since it last got further, counted from the first of these waits; 0 before it. */
  readonly heldUpSeconds: number
  /** For how many seconds a run of this kind may come no further. */
  readonly patienceSeconds: number
  /** Between 0 and 1. */
  readonly chance: number
}

export type WaitVerdict = { readonly kind: 'wait'; readonly seconds: number } | { readonly kind: 'give_up' }

/**
 * For how long a held-up run is put aside, or that it is not worth it any more: a pause that ends after its
 * patience is not begun. What Microsoft asks for is kept, and a little more, so that not all come back at once.
 */
export function decideWait(facts: WaitFacts): WaitVerdict {
  const seconds = askedPause(facts) ?? backoff(facts)
  return facts.heldUpSeconds + seconds > facts.patienceSeconds
    ? { kind: 'give_up' }
    : { kind: 'wait', seconds }
}

const MOST_ON_TOP = 15

function askedPause({ chance, waits, waitsFor }: WaitFacts): number | null {
  if (waitsFor.kind === 'answer' || waitsFor.seconds === null) return null
  const asked = waitsFor.seconds + Math.min(waitsFor.seconds / 10, MOST_ON_TOP) * chance
  return waits === 0 ? asked : Math.max(asked, Math.min(2 ** (waits - 1), LEAST_IN_THE_END))
}

/** Whoever asks for no pause, or none worth the name, and still refuses is asked ever less often, down to this. */
const LEAST_IN_THE_END = 16

/** Ten seconds where Microsoft throttles, five where it is silent; doubled each time up to five minutes, of which at least half is waited. */
function backoff({ chance, waits, waitsFor }: WaitFacts): number {
  const first = waitsFor.kind === 'throttle_window' ? 10 : 5
  return Math.min(first * 2 ** waits, 300) * (0.5 + chance / 2)
}
