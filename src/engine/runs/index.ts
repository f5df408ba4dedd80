export { type Expected, endRun } from './end-run.sql.ts'
export type { Counts, Ending, ItemFailure } from './ending.ts'
