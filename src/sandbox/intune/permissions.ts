/** Any of these will do to read policies of Intune … */
export const CONFIGURATION_READ = [
  'DeviceManagementConfiguration.Read.All',
  'DeviceManagementConfiguration.ReadWrite.All',
] as const
/** … and to write them. */
export const CONFIGURATION_WRITE = ['DeviceManagementConfiguration.ReadWrite.All'] as const
