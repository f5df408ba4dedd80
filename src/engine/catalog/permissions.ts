/** One application permission of Microsoft Graph, with the wider grants that include it. */
export interface PermissionRequirement {
  permission: string
  alsoSatisfiedBy: readonly string[]
}

/** Whether what was granted covers a requirement, by the permission itself or by a wider one. */
export const satisfies = (requirement: PermissionRequirement, granted: readonly string[]): boolean =>
  [requirement.permission, ...requirement.alsoSatisfiedBy].some((permission) => granted.includes(permission))

/** The name of each required permission that nothing granted covers, each once, in order. */
export const missingPermissions = (
  requirements: readonly PermissionRequirement[],
  granted: readonly string[],
): string[] => [
  ...new Set(
    requirements
      .filter((requirement) => !satisfies(requirement, granted))
      .map(({ permission }) => permission),
  ),
]

const DIRECTORY_WIDE = ['Directory.Read.All', 'Directory.ReadWrite.All']

/** The permissions that operations ask for; names and inclusions as in Microsoft's permission reference. */
export const PERMISSION = {
  roleDefinitions: {
    permission: 'RoleManagement.Read.Directory',
    alsoSatisfiedBy: ['RoleManagement.ReadWrite.Directory', 'RoleManagement.Read.All', ...DIRECTORY_WIDE],
  },
  groups: {
    permission: 'Group.Read.All',
    alsoSatisfiedBy: ['Group.ReadWrite.All', ...DIRECTORY_WIDE],
  },
  configuration: {
    permission: 'DeviceManagementConfiguration.Read.All',
    alsoSatisfiedBy: ['DeviceManagementConfiguration.ReadWrite.All'],
  },
  configurationWrite: {
    permission: 'DeviceManagementConfiguration.ReadWrite.All',
    alsoSatisfiedBy: [],
  },
  managedDevices: {
    permission: 'DeviceManagementManagedDevices.Read.All',
    alsoSatisfiedBy: ['DeviceManagementManagedDevices.ReadWrite.All'],
  },
  apps: {
    permission: 'DeviceManagementApps.Read.All',
    alsoSatisfiedBy: ['DeviceManagementApps.ReadWrite.All'],
  },
  appsWrite: {
    permission: 'DeviceManagementApps.ReadWrite.All',
    alsoSatisfiedBy: [],
  },
  scripts: {
    permission: 'DeviceManagementScripts.Read.All',
    alsoSatisfiedBy: ['DeviceManagementScripts.ReadWrite.All'],
  },
  scriptsWrite: {
    permission: 'DeviceManagementScripts.ReadWrite.All',
    alsoSatisfiedBy: [],
  },
  policies: {
    permission: 'Policy.Read.All',
    alsoSatisfiedBy: [],
  },
  conditionalAccessWrite: {
    permission: 'Policy.ReadWrite.ConditionalAccess',
    alsoSatisfiedBy: [],
  },
} as const satisfies Record<string, PermissionRequirement>
