/** The application permissions the control page offers. */
export const KNOWN_PERMISSIONS = [
  'Organization.Read.All',
  'Group.Read.All',
  'Group.ReadWrite.All',
  'RoleManagement.Read.Directory',
  'DeviceManagementConfiguration.Read.All',
  'DeviceManagementManagedDevices.Read.All',
  'DeviceManagementApps.Read.All',
  'DeviceManagementScripts.Read.All',
  'Policy.Read.All',
  'DeviceManagementRBAC.Read.All',
  'DeviceManagementConfiguration.ReadWrite.All',
  'DeviceManagementApps.ReadWrite.All',
  'DeviceManagementScripts.ReadWrite.All',
  'Policy.ReadWrite.ConditionalAccess',
  'Directory.Read.All',
  'Application.Read.All',
] as const
