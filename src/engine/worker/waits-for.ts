import type { GraphFailure } from '../../graph/index.ts'
import type { WaitsFor } from './decide-wait.ts'

/** What work that failed so at Microsoft could go on after; null where waiting helps nothing. */
export function waitsForOf(failure: GraphFailure): WaitsFor | null {
  if (failure.kind === 'throttled') return { kind: 'throttle_window', seconds: failure.retryAfterSeconds }
  return failure.kind === 'unreachable' && failure.detail !== 'unreadable' ? { kind: 'answer' } : null
}
