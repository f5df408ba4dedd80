export { addTypedConnection } from './add-typed-connection.ts'
export {
  byOf,
  CONNECTIONS,
  connectionHref,
  connectionInPath,
  credentialHref,
  permissionsHref,
  permitted,
} from './at-hand.ts'
export { lockTenant, makeDefaultIn } from './change-connection.sql.ts'
export { checkConnection } from './check.operation.ts'
export { reasonWords, whoCan } from './connection-cells.tsx'
export { formWords } from './connection-form.words.ts'
export {
  type ConnectionFlaws,
  type TypedConnection,
  typedConnection,
  typedHidden,
} from './connection-input.ts'
export { issuesOf } from './connection-issues.ts'
export { connectionRoutes } from './connections.pages.tsx'
export {
  connectionById,
  connectionsOfTenant,
  credentialUntried,
  type SeenConnection,
  tenantToConnect,
} from './connections.sql.ts'
export { EndingCredentials } from './ending-part.tsx'
export { type EndingCredential, endingCredentials } from './expiring.sql.ts'
export { FlawSummary, FormEnd, NewConnectionFields } from './form-page.tsx'
export type { By } from './manage-connection.ts'
export { permissionsToGrant } from './permission-needs.ts'
export { readySpare } from './ready-spare.ts'
export { VerificationReportPart } from './report-part.tsx'
export { takenOverWords } from './taken-over.ts'
export { NOT_ASKED, verdictOf } from './told-verdict.ts'
export { usesWords } from './uses-words.ts'
export { reportOfRun, type VerificationReport } from './verification-report.sql.ts'
