export { startDueChecks } from './start-due-checks.ts'
