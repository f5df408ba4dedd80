import type { PolicyType } from '../../engine/catalog/index.ts'
import type { InventoryType } from './inventory-type.ts'
import { appConfigurations } from './types/app-configurations.ts'
import { assignmentFilters } from './types/assignment-filters.ts'
import { compliancePolicies } from './types/compliance-policies.ts'
import { conditionalAccess } from './types/conditional-access.ts'
import { deviceConfigurations } from './types/device-configurations.ts'
import { scopeTags } from './types/scope-tags.ts'
import { scripts } from './types/scripts.ts'
import { settingsCatalog } from './types/settings-catalog.ts'

/** Every type of policies that is read; one without a file here does not compile. */
export const INVENTORY_TYPES: Readonly<Record<PolicyType, InventoryType>> = {
  scope_tags: scopeTags,
  assignment_filters: assignmentFilters,
  device_configurations: deviceConfigurations,
  compliance_policies: compliancePolicies,
  settings_catalog: settingsCatalog,
  scripts,
  app_configurations: appConfigurations,
  conditional_access: conditionalAccess,
}
