export { failedRead, refusedObserved, signedInObserved } from './failed-read.ts'
