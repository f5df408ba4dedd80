export { checkConnection } from './check.operation.ts'
export { VerificationReportPart } from './report-part.tsx'
export { newestReport, reportOfRun, type VerificationReport } from './verification-report.sql.ts'
