export { snapshotCompliance } from './compliance.operation.ts'
