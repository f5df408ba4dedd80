import { displayNameOf, type InventoryType } from '../inventory-type.ts'

/** PowerShell scripts. Their list leaves out what they say; each one alone has it. */
export const scripts: InventoryType = {
  path: '/deviceManagement/deviceManagementScripts?$expand=assignments',
  version: 'beta',
  nameOf: displayNameOf,
  platformOf: () => 'windows',
  detail: {
    kind: 'object',
    path: (id) => `/deviceManagement/deviceManagementScripts/${encodeURIComponent(id)}`,
  },
}
