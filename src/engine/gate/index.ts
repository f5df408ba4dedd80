export type {
  FieldIssue,
  Gate,
  ParsedInput,
  Refusal,
  StartAnswer,
  StartAsk,
  StartInput,
} from './ask.ts'
export { decideStart, type StartVerdict } from './decide-start.ts'
export { type ExplainAnswer, explain } from './explain.ts'
export { connectionFacts, type StartTarget } from './facts.sql.ts'
export { forecast, type TenantForecast } from './forecast.ts'
export type { Selection } from './identity.ts'
export type { AtRacePoint, RacePoint } from './race-points.ts'
export { forgetOldAnswers, recordFault } from './records.sql.ts'
export { start } from './start.ts'
export type { StartFacts } from './start-facts.ts'
export type { DraftOutcome, StartOutcome } from './start-outcome.ts'
