export {
  MAKES_ROOM,
  RunLost,
  type Runner,
  type Runners,
  type Work,
  type WorkEnded,
  type WorkResult,
} from './runner.ts'
export { type Sweep, sweep } from './sweep.ts'
export { toldByMicrosoft } from './told-by-microsoft.ts'
export { waitsForOf } from './waits-for.ts'
export { type Worker, workOn } from './worker.ts'
