export { endRun } from './end-run.sql.ts'
export type { Counts, Ending } from './ending.ts'
