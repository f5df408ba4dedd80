export {
  byOf,
  CONNECTIONS,
  connectionHref,
  connectionInPath,
  permitted,
} from './at-hand.ts'
export { lockTenant } from './change-connection.sql.ts'
export { checkConnection } from './check.operation.ts'
export { reasonWords, whoCan } from './connection-cells.tsx'
export { connectionRoutes } from './connections.pages.tsx'
export { connectionById, credentialUntried, type SeenConnection } from './connections.sql.ts'
export { EndingCredentials } from './ending-part.tsx'
export { type EndingCredential, endingCredentials } from './expiring.sql.ts'
export type { By } from './manage-connection.ts'
export { permissionsToGrant } from './permission-needs.ts'
export { readySpare } from './ready-spare.ts'
export { VerificationReportPart } from './report-part.tsx'
export { takenOverWords } from './taken-over.ts'
export { usesWords } from './uses-words.ts'
export { reportOfRun, type VerificationReport } from './verification-report.sql.ts'
