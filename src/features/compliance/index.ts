export { snapshotCompliance } from './compliance.operation.ts'
export { complianceRoutes } from './compliance.pages.tsx'
