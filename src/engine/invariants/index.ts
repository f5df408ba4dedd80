export { checkInvariants } from './invariants.ts'
