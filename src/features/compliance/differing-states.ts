import type { ComplianceState, ComplianceSummary } from '../../graph/index.ts'
import { STATES, type StateCounts } from './states.ts'

/** The states of which Microsoft's own summary counts another number of devices than there are. */
export const differingStates = (
  states: StateCounts,
  summary: ComplianceSummary,
): readonly ComplianceState[] =>
  STATES.filter((state) => state !== 'other' && states[state] !== summary[state])
