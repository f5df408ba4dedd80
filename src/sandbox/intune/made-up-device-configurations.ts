import type {
  AndroidWorkProfileGeneralDeviceConfiguration,
  DeviceConfiguration,
  IosGeneralDeviceConfiguration,
  MacOSCustomConfiguration,
  SharedPCConfiguration,
  Windows10CustomConfiguration,
  Windows10GeneralConfiguration,
  WindowsUpdateForBusinessConfiguration,
} from '@microsoft/microsoft-graph-types'
import type { Place } from './kind.ts'
import { mix } from './mix.ts'
import { descriptionOf, policyName, scopeTagsOf, type Theme } from './names.ts'
import { keptSettings } from './oma-settings.ts'
import { madeStamps } from './stamps.ts'

interface Made extends Theme {
  readonly type: string
  readonly settings: (place: Place, index: number) => object
}

/** Profile `index` as it was made. */
export function madeDeviceConfiguration(place: Place, index: number): object {
  const made = PROFILES[index % PROFILES.length]
  if (!made) return {}
  const { created, modified } = madeStamps(place.seed, index)
  const base: DeviceConfiguration & { roleScopeTagIds: string[]; supportsScopeTags: boolean } = {
    createdDateTime: created,
    lastModifiedDateTime: modified,
    description: descriptionOf(index, made.theme),
    displayName: policyName(place, index, PROFILES),
    roleScopeTagIds: scopeTagsOf(place, index),
    supportsScopeTags: true,
    version: 1 + (mix(place.seed, index, 3) % 9),
  }
  return { '@odata.type': `#microsoft.graph.${made.type}`, ...base, ...made.settings(place, index) }
}

const restrictions = (place: Place, index: number): Windows10GeneralConfiguration => ({
  bluetoothBlocked: index % 3 === 0,
  cameraBlocked: false,
  cortanaBlocked: true,
  defenderScanType: 'quick',
  passwordMinimumLength: 8 + (mix(place.seed, index) % 7),
  passwordRequired: true,
  screenCaptureBlocked: false,
  usbBlocked: index % 2 === 0,
})

/** Wi-Fi keys and the like: what nobody may read again. */
const customWindows = (place: Place, index: number): Windows10CustomConfiguration =>
  keptSettings({
    omaSettings: [
      {
        '@odata.type': '#microsoft.graph.omaSettingString',
        displayName: 'Wi-Fi key',
        description: null,
        omaUri: './Vendor/MSFT/WiFi/Profile/Office/Key',
        value: `made-up-key-${mix(place.seed, index)}`,
      },
      {
        '@odata.type': '#microsoft.graph.omaSettingInteger',
        displayName: 'Lock after minutes',
        description: null,
        omaUri: './Device/Vendor/MSFT/Policy/Config/DeviceLock/MaxInactivityTimeDeviceLock',
        value: 5 + (index % 10),
      },
      {
        '@odata.type': '#microsoft.graph.omaSettingStringXml',
        displayName: 'Start layout',
        description: 'Pinned applications',
        omaUri: './User/Vendor/MSFT/Policy/Config/Start/StartLayout',
        fileName: 'layout.xml',
        value: Buffer.from(`<layout number="${index}"/>`).toString('base64'),
      },
    ],
  })

const updates = (_: Place, index: number): WindowsUpdateForBusinessConfiguration => ({
  automaticUpdateMode: 'autoInstallAtMaintenanceTime',
  businessReadyUpdatesOnly: 'businessReadyOnly',
  featureUpdatesDeferralPeriodInDays: (index % 5) * 30,
  microsoftUpdateServiceAllowed: true,
  qualityUpdatesDeferralPeriodInDays: (index % 5) * 3,
  qualityUpdatesPaused: index % 11 === 0,
})

const iPhones = (_: Place, index: number): IosGeneralDeviceConfiguration => ({
  appStoreBlocked: false,
  iCloudBlockBackup: index % 2 === 0,
  passcodeMinimumLength: 6,
  passcodeRequired: true,
  safariBlocked: false,
})

const macs = (place: Place, index: number): MacOSCustomConfiguration => ({
  payloadFileName: 'firewall.mobileconfig',
  payloadName: 'Firewall',
  payload: Buffer.from(`<plist><!-- ${place.domain} ${index} --></plist>`).toString('base64'),
})

const androids = (): AndroidWorkProfileGeneralDeviceConfiguration => ({
  passwordMinimumLength: 6,
  passwordRequiredType: 'atLeastNumeric',
  workProfileBlockScreenCapture: true,
  workProfileDataSharingType: 'preventAny',
})

const sharedPc = (): SharedPCConfiguration => ({
  accountManagerPolicy: {
    accountDeletionPolicy: 'diskSpaceThreshold',
    cacheAccountsAboveDiskFreePercentage: 50,
    removeAccountsBelowDiskFreePercentage: 20,
  },
  allowedAccounts: 'guest',
  idleTimeBeforeSleepInSeconds: 600,
})

const PROFILES: readonly Made[] = [
  {
    platform: 'WIN',
    theme: 'Device restrictions',
    type: 'windows10GeneralConfiguration',
    settings: restrictions,
  },
  { platform: 'WIN', theme: 'Office Wi-Fi', type: 'windows10CustomConfiguration', settings: customWindows },
  { platform: 'WIN', theme: 'Update ring', type: 'windowsUpdateForBusinessConfiguration', settings: updates },
  { platform: 'iOS', theme: 'Device restrictions', type: 'iosGeneralDeviceConfiguration', settings: iPhones },
  { platform: 'MAC', theme: 'Firewall & Gatekeeper', type: 'macOSCustomConfiguration', settings: macs },
  {
    platform: 'AND',
    theme: 'Work profile',
    type: 'androidWorkProfileGeneralDeviceConfiguration',
    settings: androids,
  },
  { platform: 'WIN', theme: 'Geräte am Empfang', type: 'sharedPCConfiguration', settings: sharedPc },
]

/** The types this sandbox lets somebody create; Microsoft has over a hundred more. */
export const DEVICE_CONFIGURATION_TYPES: readonly string[] = PROFILES.map(({ type }) => type)
