export { type CheckedInvariant, checkInvariants } from './invariants.ts'
