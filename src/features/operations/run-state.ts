import { definitionOf } from '../../engine/catalog/index.ts'
import type { StateName } from '../../web/components/index.ts'
import type { RunDetail, RunRow } from './operations.sql.ts'
import type { WaitKind } from './operations.words.ts'

/** The state of a run as its badge shows it. */
export function stateOf(
  run: Pick<RunRow, 'status' | 'outcome' | 'stopping' | 'wake_at'>,
  now = new Date(),
): StateName {
  if (run.outcome) return run.outcome
  if (run.stopping) return 'stopping'
  if (run.status === 'queued') return run.wake_at && run.wake_at > now ? 'waiting' : 'queued'
  return 'running'
}

/** What a run waits for in nobody's hands, and until when; null when it does not. */
export function waitOf(run: WaitFacts, now = new Date()): Wait | null {
  const { waits_for: what, wake_at: until } = run
  return until && what && stateOf(run, now) === 'waiting' ? { for: what, until } : null
}

/** Why a run waits; one that was put aside before that was kept waits as its facts say. */
export const waitKindOf = (run: Pick<RunDetail, 'wait_kind' | 'waits_for'>): WaitKind =>
  run.wait_kind ?? (run.waits_for === 'answer' ? 'waits_for_answer' : 'waits_as_asked')

type WaitFacts = Pick<RunRow, 'status' | 'outcome' | 'stopping' | 'wake_at' | 'waits_for'>

interface Wait {
  readonly for: NonNullable<RunRow['waits_for']>
  readonly until: Date
}

/** Whether a running run has been silent for longer than its kind ever is. */
export function isLikelyStale(run: RunRow, now = new Date()): boolean {
  if (run.status !== 'running' || !run.heartbeat_at) return false
  return now.getTime() - run.heartbeat_at.getTime() > definitionOf(run.operation).staleAfterSeconds * 1000
}

/** How fresh the knowledge about a run is, for programs. */
export function freshnessOf(
  run: RunRow,
): 'fresh_active' | 'likely_stale' | 'reconciled_failed' | 'terminal_normal' {
  if (run.status === 'completed') {
    const stale = typeof run.reason === 'object' && run.reason !== null && 'code' in run.reason
    return stale && run.reason.code === 'run_stale' ? 'reconciled_failed' : 'terminal_normal'
  }
  return isLikelyStale(run) ? 'likely_stale' : 'fresh_active'
}
