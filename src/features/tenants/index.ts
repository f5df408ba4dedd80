export { insertTenant } from './add-tenant.sql.ts'
export {
  type Called,
  LONGEST as LONGEST_OF_TENANT,
  readCalled,
} from './new-tenant.ts'
export { surroundingsOf, type TenantAtHand, tenantInPath } from './one-tenant.ts'
export { readinessOf } from './readiness.ts'
export { OperationRow } from './start-rows.tsx'
export {
  complianceHref,
  type Surroundings,
  startHref,
  TenantFrame,
  type TenantTab,
  tenantHref,
} from './tenant-frame.tsx'
export { tenantRoutes } from './tenants.pages.tsx'
