export { advance } from './advance.ts'
export { cancelWaiting } from './cancel-waiting.sql.ts'
export { advanceForgotten } from './line.sql.ts'
export {
  type HolderOfLine,
  type SeenWaiting,
  waitingStartFor,
  waitingStartsOf,
  waitingStartsOfTenant,
} from './seen-waiting.sql.ts'
export { startWhenFree, type WhenFreeAnswer } from './start-when-free.ts'
