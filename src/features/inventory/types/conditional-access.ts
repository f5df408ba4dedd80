import { displayNameOf, type InventoryType, noPlatform } from '../inventory-type.ts'

/** Conditional access policies of the directory; whom they concern stands in the policy itself. */
export const conditionalAccess: InventoryType = {
  path: '/identity/conditionalAccess/policies',
  version: 'v1.0',
  nameOf: displayNameOf,
  platformOf: noPlatform,
}
