import { assignmentFilters } from './assignment-filters.ts'
import { conditionalAccessPolicies } from './conditional-access-policies.ts'
import { configurationPolicies } from './configuration-policies.ts'
import { deviceCompliancePolicies } from './device-compliance-policies.ts'
import { deviceConfigurations } from './device-configurations.ts'
import { deviceManagementScripts } from './device-management-scripts.ts'
import type { Kind, KindName } from './kind.ts'
import { managedDevices } from './managed-devices.ts'
import { mobileAppConfigurations } from './mobile-app-configurations.ts'
import { roleScopeTags } from './role-scope-tags.ts'

/** Every collection, by its name. */
export const KINDS: Readonly<Record<KindName, Kind>> = {
  deviceConfigurations,
  deviceCompliancePolicies,
  configurationPolicies,
  deviceManagementScripts,
  mobileAppConfigurations,
  assignmentFilters,
  roleScopeTags,
  conditionalAccessPolicies,
  managedDevices,
}
