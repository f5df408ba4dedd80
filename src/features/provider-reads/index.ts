export { anewFrom, notSeenBy, type ReadingBy, seenBy } from './anew.sql.ts'
export { failedRead, refusedObserved, signedInObserved } from './failed-read.ts'
export { wasReadAfter } from './read-further.sql.ts'
