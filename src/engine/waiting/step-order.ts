import type { BootstrapStep } from './bootstrap.sql.ts'

/** The step of a bootstrap to be tried now; one that is at work, in its run, can only be joined. */
export interface Candidate {
  readonly step: BootstrapStep
  readonly runId: number | null
}

/** Which step to try when somebody asks: the one at work, otherwise the first that is to come. Null when none is left. */
export function candidateOf(steps: readonly BootstrapStep[]): Candidate | null {
  const active = steps.find(({ state }) => state === 'active')
  if (active?.run) return { step: active, runId: active.run.id }
  const next = steps.find(({ state }) => state === 'pending')
  return next ? { step: next, runId: null } : null
}

/** The step at the head that did not end well and holds the others until somebody decides about it; or null. */
export const heldBackBy = <Step extends StepOutcome>(steps: readonly Step[]): Step | null =>
  steps.find(didNotEndWell) ?? null

type StepOutcome = Pick<BootstrapStep, 'state' | 'run' | 'reason'>

/** Whether a step waits again because its run did not end well, or because it was given up without one. */
export const didNotEndWell = ({ reason, run, state }: StepOutcome): boolean =>
  state === 'pending' && (run !== null || reason !== null)
