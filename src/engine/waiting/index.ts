export { advance } from './advance.ts'
export {
  type BootstrapStep,
  type LeavesAs,
  leaveBootstrap,
  stepsOf,
} from './bootstrap.sql.ts'
export { cancelWaiting } from './cancel-waiting.sql.ts'
export { advanceForgotten } from './line.sql.ts'
export { recordSessionDeed, type TouchedSession, touchSession } from './onboarding-session.sql.ts'
export {
  type HolderOfLine,
  type SeenWaiting,
  waitingStartFor,
  waitingStartsOf,
  waitingStartsOfTenant,
} from './seen-waiting.sql.ts'
export { type BootstrapAnswer, type BootstrapAsk, startBootstrap } from './start-bootstrap.ts'
export { startWhenFree, type WhenFreeAnswer } from './start-when-free.ts'
export { didNotEndWell, heldBackBy } from './step-order.ts'
