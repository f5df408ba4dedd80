export type { ClaimedRun } from './lease.sql.ts'
export { RunLost, type Runner, type Runners, type Work, type WorkResult } from './runner.ts'
export { type Sweep, type Swept, sweep } from './sweep.ts'
export { type Worker, type WorkerRacePoint, workOn } from './worker.ts'
