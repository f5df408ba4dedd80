export { RunLost, type Runner, type Runners, type Work, type WorkResult } from './runner.ts'
export { type Sweep, sweep } from './sweep.ts'
export { type Worker, workOn } from './worker.ts'
