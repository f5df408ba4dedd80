import { setTimeout as delay } from 'node:timers/promises'
import type { Clock } from '../kernel/index.ts'
import { failed, type Result } from './failure.ts'
import { decideRetry } from './retry.ts'

export type Sleep = (ms: number, signal?: AbortSignal) => Promise<void>

export interface Patience {
  readonly maxRetries: number
  /** For one request with all its retries and pauses, in milliseconds; no retry begins after it. */
  readonly patienceMs: number
  readonly sleep: Sleep
  readonly clock: Clock
  readonly signal?: AbortSignal | undefined
}

/** Repeats an attempt that a moment's trouble may have failed, as long as patience lasts; gives the last answer. */
export async function withPatience<T>(
  patience: Patience,
  attempt: () => Promise<Result<T>>,
): Promise<Result<T>> {
  let spentMs = 0
  for (let retries = 0; ; retries += 1) {
    const startedAt = patience.clock.monotonic()
    const result = await attempt()
    if (result.ok) return result
    spentMs += patience.clock.monotonic() - startedAt
    const verdict = decideRetry({
      failure: result.failure,
      retries,
      maxRetries: patience.maxRetries,
      patienceLeftMs: patience.patienceMs - spentMs,
      chance: Math.random(),
    })
    if (verdict.kind === 'give_up') return result
    if (!(await pause(patience, verdict.ms))) return failed({ kind: 'cancelled' }, result.failure.diagnostics)
    spentMs += verdict.ms
  }
}

/** Sleeps; false when the caller gave up meanwhile. */
async function pause({ sleep, signal }: Patience, ms: number): Promise<boolean> {
  try {
    await sleep(ms, signal)
  } catch (error) {
    if (!signal?.aborted) throw error
  }
  return !signal?.aborted
}

/** A pause that ends with an error when the signal fires. */
export const realSleep: Sleep = (ms, signal) => delay(ms, undefined, signal ? { signal } : {})
