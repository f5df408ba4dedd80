import { displayNameOf, type InventoryType, noPlatform } from '../inventory-type.ts'

/** Scope tags; the one with the id 0 is there in every directory. */
export const scopeTags: InventoryType = {
  path: '/deviceManagement/roleScopeTags',
  version: 'beta',
  nameOf: displayNameOf,
  platformOf: noPlatform,
}
