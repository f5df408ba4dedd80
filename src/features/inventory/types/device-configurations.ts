import { displayNameOf, type InventoryType, platformNamed, textOf } from '../inventory-type.ts'

/** Device configurations. Encrypted values of custom ones come masked. */
export const deviceConfigurations: InventoryType = {
  path: '/deviceManagement/deviceConfigurations?$expand=assignments',
  version: 'beta',
  nameOf: displayNameOf,
  platformOf: (policy) => platformNamed(textOf(policy, '@odata.type')),
}
