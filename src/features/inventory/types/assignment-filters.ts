import { displayNameOf, type InventoryType, platformNamed, textOf } from '../inventory-type.ts'

/** Filters that narrow an assignment to some devices. */
export const assignmentFilters: InventoryType = {
  path: '/deviceManagement/assignmentFilters',
  version: 'beta',
  nameOf: displayNameOf,
  platformOf: (filter) => platformNamed(textOf(filter, 'platform')),
}
