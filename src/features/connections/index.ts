export { checkConnection } from './check.operation.ts'
export { connectionRoutes } from './connections.pages.tsx'
export { VerificationReportPart } from './report-part.tsx'
export { reportOfRun, type VerificationReport } from './verification-report.sql.ts'
