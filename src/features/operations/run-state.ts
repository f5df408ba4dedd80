import { definitionOf } from '../../engine/catalog/index.ts'
import { parseReason } from '../../engine/reasons/index.ts'
import type { StateName } from '../../web/components/index.ts'
import { type Freshness, freshnessOf } from './freshness.ts'
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

/** How fresh the knowledge about a run is. */
export function freshness(run: RunRow, now = new Date()): Freshness {
  const { heartbeat_at: heartbeatAt, operation, status } = run
  const { staleAfterSeconds } = definitionOf(operation)
  const reasonCode = parseReason(run.reason)?.code ?? null
  return freshnessOf({ status, reasonCode, heartbeatAt, staleAfterSeconds }, now)
}

/** Whether a running run has been silent for longer than its kind ever is. */
export const isLikelyStale = (run: RunRow, now = new Date()): boolean =>
  freshness(run, now) === 'likely_stale'
