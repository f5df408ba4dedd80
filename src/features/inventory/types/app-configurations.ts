import { displayNameOf, type InventoryType, platformNamed, textOf } from '../inventory-type.ts'

/** Configurations of apps on managed devices. */
export const appConfigurations: InventoryType = {
  path: '/deviceAppManagement/mobileAppConfigurations?$expand=assignments',
  version: 'beta',
  nameOf: displayNameOf,
  platformOf: (policy) => platformNamed(textOf(policy, '@odata.type')),
}
