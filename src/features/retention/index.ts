export { carryOutRetention } from './carry-out-retention.ts'
export { KEPT, type Kept, RETENTION_BOUNDS, type Retention } from './retention.ts'
