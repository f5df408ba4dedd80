import { type InventoryType, platformNamed, textOf } from '../inventory-type.ts'

/** Policies of the settings catalog: 25 a page, called by `name`, and their settings are a list of their own. */
export const settingsCatalog: InventoryType = {
  path: '/deviceManagement/configurationPolicies?$expand=assignments',
  version: 'beta',
  nameOf: (policy) => textOf(policy, 'name'),
  platformOf: (policy) => platformNamed(textOf(policy, 'platforms')),
  detail: {
    kind: 'settings',
    path: (id) => `/deviceManagement/configurationPolicies/${encodeURIComponent(id)}/settings`,
  },
}
