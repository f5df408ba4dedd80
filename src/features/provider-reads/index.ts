export { failedRead, signedInObserved } from './failed-read.ts'
