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
