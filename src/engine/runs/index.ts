export { type Cancelled, cancelRun } from './cancel-run.sql.ts'
export { endRun } from './end-run.sql.ts'
export type { Counts, Ending, ItemFailure } from './ending.ts'
export { isActive, isQueued, isRunning } from './status.sql.ts'
