import type { IntuneSizes } from './kind.ts'

/** So many policies, in the shares a tenant has of each kind, and so many devices. */
export const intuneOf = (policies: number, devices: number): IntuneSizes => ({
  configurationPolicies: Math.ceil(policies * 0.5),
  deviceConfigurations: Math.ceil(policies * 0.15),
  deviceCompliancePolicies: Math.ceil(policies * 0.08),
  deviceManagementScripts: Math.ceil(policies * 0.08),
  mobileAppConfigurations: Math.ceil(policies * 0.04),
  conditionalAccessPolicies: Math.min(90, Math.ceil(policies * 0.1)),
  assignmentFilters: Math.min(50, Math.ceil(policies * 0.05)),
  roleScopeTags: Math.min(20, 1 + Math.floor(policies / 20)),
  managedDevices: devices,
})
