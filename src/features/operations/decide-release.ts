import type { Freshness } from './freshness.ts'

/** For so long a worker that was asked to stop has time to do so, in seconds; it hears of the wish within three. */
const STOP_PATIENCE_SECONDS = 30

/** What decides whether a run may be taken from its worker by force. */
export interface ReleaseFacts {
  readonly status: 'queued' | 'running' | 'completed'
  readonly freshness: Freshness
  /** For how long somebody has wanted it to stop, in seconds; null while nobody does. */
  readonly stopAskedSeconds: number | null
}

export type ReleaseVerdict =
  | { readonly kind: 'allowed'; readonly because: 'silent' | 'does_not_stop' }
  /** Nobody works on it: stopping it, or nothing at all, is enough. */
  | { readonly kind: 'refused'; readonly because: 'not_running' }
  /** Its worker shows signs of life and was not even asked to stop. */
  | { readonly kind: 'refused'; readonly because: 'alive' }
  | { readonly kind: 'refused'; readonly because: 'stopping'; readonly waitSeconds: number }

/**
 * Whether a run may be taken from its worker: one that is likely stale, and one that was asked to stop and did not.
 * A worker that is alive is always asked first, for it can stop without leaving a request on its way.
 */
export function decideRelease({ freshness, status, stopAskedSeconds }: ReleaseFacts): ReleaseVerdict {
  if (status !== 'running') return { kind: 'refused', because: 'not_running' }
  if (freshness === 'likely_stale') return { kind: 'allowed', because: 'silent' }
  if (stopAskedSeconds === null) return { kind: 'refused', because: 'alive' }
  const waitSeconds = Math.ceil(STOP_PATIENCE_SECONDS - stopAskedSeconds)
  if (waitSeconds > 0) return { kind: 'refused', because: 'stopping', waitSeconds }
  return { kind: 'allowed', because: 'does_not_stop' }
}
