import type { ReasonCode } from '../../engine/reasons/index.ts'

/** What is known of a run's freshness: its state, its last sign of life, and for how long its kind may be silent. */
export interface FreshnessFacts {
  readonly status: 'queued' | 'running' | 'completed'
  /** Why it ended so, if there is a reason. */
  readonly reasonCode: string | null
  readonly heartbeatAt: Date | null
  readonly staleAfterSeconds: number
}

export type Freshness = 'fresh_active' | 'likely_stale' | 'reconciled_failed' | 'terminal_normal'

/**
 * How fresh the knowledge about a run is: at work or waiting as it should be, silent for longer than its kind ever
 * is, ended by somebody else because its worker did not, or ended by itself.
 */
export function freshnessOf(facts: FreshnessFacts, now: Date): Freshness {
  const { heartbeatAt, reasonCode, staleAfterSeconds, status } = facts
  if (status === 'completed')
    return reasonCode !== null && RECONCILED.includes(reasonCode) ? 'reconciled_failed' : 'terminal_normal'
  if (status === 'queued' || heartbeatAt === null) return 'fresh_active'
  return now.getTime() - heartbeatAt.getTime() > staleAfterSeconds * 1000 ? 'likely_stale' : 'fresh_active'
}

/** Why a run ended whose worker did not end it. */
export const RECONCILED: readonly string[] = ['run_stale', 'run_force_released'] satisfies ReasonCode[]
