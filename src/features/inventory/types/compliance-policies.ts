import { displayNameOf, type InventoryType, platformNamed, textOf } from '../inventory-type.ts'

/** Compliance policies, with the actions for devices that do not comply: they come only when they are asked for. */
export const compliancePolicies: InventoryType = {
  path: '/deviceManagement/deviceCompliancePolicies?$expand=assignments,scheduledActionsForRule($expand=scheduledActionConfigurations)',
  version: 'beta',
  nameOf: displayNameOf,
  platformOf: (policy) => platformNamed(textOf(policy, '@odata.type')),
}
