import type { ComplianceState, ManagedDevice } from '@microsoft/microsoft-graph-types'
import { hiddenIdOf } from '../hidden-ids.ts'
import type { Kind, Place } from './kind.ts'
import { mix, pick } from './mix.ts'
import { shortName } from './names.ts'
import { stampOf } from './stamps.ts'

/** Enrolled devices, each with what a list shows of it. */
export const managedDevices: Kind = {
  name: 'managedDevices',
  title: 'Devices',
  path: 'deviceManagement/managedDevices',
  versions: ['v1.0', 'beta'],
  dialect: 'device',
  read: ['DeviceManagementManagedDevices.Read.All', 'DeviceManagementManagedDevices.ReadWrite.All'],
  pageSize: 1_000,
  largestPage: 1_000,
  entity: 'microsoft.graph.managedDevice',
  named: 'deviceName',
  modified: null,
  make: madeDevice,
}

export const COMPLIANCE_STATES = [
  'compliant',
  'noncompliant',
  'inGracePeriod',
  'unknown',
  'error',
  'conflict',
  'configManager',
] as const satisfies readonly ComplianceState[]

/** The state device `index` was made in, without making it up: of a thousand, 870 comply. */
export function madeState({ seed }: Pick<Place, 'seed'>, index: number): (typeof COMPLIANCE_STATES)[number] {
  const share = mix(seed, index, 1) % 1_000
  return STATES_UP_TO.find(([limit]) => share < limit)?.[1] ?? 'configManager'
}

const STATES_UP_TO = [
  [870, 'compliant'],
  [935, 'noncompliant'],
  [960, 'inGracePeriod'],
  [985, 'unknown'],
  [993, 'error'],
  [997, 'conflict'],
] as const

/** The operating system device `index` was made with. */
export const madeSystem = ({ seed }: Pick<Place, 'seed'>, index: number): (typeof SYSTEMS)[number] =>
  pick(SYSTEMS, mix(seed, index, 2))

interface System {
  readonly name: 'Windows' | 'iOS' | 'macOS' | 'Android'
  readonly versions: readonly [string, ...string[]]
  readonly manufacturer: string
  readonly models: readonly [string, ...string[]]
  readonly prefix: string
}

const WINDOWS: System = {
  name: 'Windows',
  versions: ['10.0.26100.4349', '10.0.22631.5472', '10.0.19045.5965'],
  manufacturer: 'Lenovo',
  models: ['ThinkPad T14 Gen 4', 'ThinkCentre M75q', 'ThinkPad X1 Carbon Gen 11'],
  prefix: 'LT',
}
const PHONE: System = {
  name: 'iOS',
  versions: ['18.5', '17.7.2'],
  manufacturer: 'Apple',
  models: ['iPhone 15', 'iPhone SE'],
  prefix: 'IP',
}
const MAC: System = {
  name: 'macOS',
  versions: ['15.5 (24F74)', '14.7.6 (23H626)'],
  manufacturer: 'Apple',
  models: ['MacBook Air', 'Mac mini'],
  prefix: 'MB',
}
const ANDROID: System = {
  name: 'Android',
  versions: ['15', '14'],
  manufacturer: 'Samsung',
  models: ['Galaxy A54', 'Galaxy XCover6 Pro'],
  prefix: 'AN',
}

/** In the shares that are usual: mostly Windows. */
const SYSTEMS = [
  WINDOWS,
  WINDOWS,
  PHONE,
  WINDOWS,
  WINDOWS,
  MAC,
  WINDOWS,
  PHONE,
  WINDOWS,
  ANDROID,
] as const satisfies readonly System[]

/** Some devices have lain in a drawer for so many days. */
const SILENT_DAYS = 47

function madeDevice(place: Place, index: number): ManagedDevice {
  const number = mix(place.seed, index)
  const { manufacturer, models, name, prefix, versions } = madeSystem(place, index)
  const deviceName = `${shortName(place)}-${prefix}-${String(index + 1).padStart(5, '0')}`
  const user = `user${number % 4_000}@${place.domain}`
  const seen = place.today - (number % 53 === 0 ? SILENT_DAYS : 0) * 86_400_000 - (number % 90) * 3_600_000
  const state = madeState(place, index)
  return {
    azureADDeviceId: hiddenIdOf('entra device', place.id, index),
    azureADRegistered: true,
    complianceGracePeriodExpirationDateTime:
      state === 'inGracePeriod' ? stampOf(place.today + 3 * 86_400_000) : '9999-12-31T23:59:59Z',
    complianceState: state,
    deviceEnrollmentType: name === 'Windows' ? 'windowsAzureADJoin' : 'userEnrollment',
    deviceName,
    deviceRegistrationState: 'registered',
    emailAddress: user,
    enrolledDateTime: stampOf(seen - (1 + (number % 900)) * 86_400_000, number),
    freeStorageSpaceInBytes: (number % 200) * 1_073_741_824,
    isEncrypted: number % 20 !== 0,
    isSupervised: name === 'iOS' && number % 3 !== 0,
    jailBroken: 'False',
    lastSyncDateTime: stampOf(seen, number),
    managedDeviceName: `${user.split('@')[0]}_${name}_${index}`,
    managedDeviceOwnerType: number % 8 === 0 ? 'personal' : 'company',
    managementAgent: state === 'configManager' ? 'configurationManagerClientMdm' : 'mdm',
    manufacturer,
    model: pick(models, number >>> 5),
    operatingSystem: name,
    osVersion: pick(versions, number >>> 9),
    serialNumber: `PF${number.toString(36).toUpperCase().padStart(7, '0')}`,
    totalStorageSpaceInBytes: 512 * 1_073_741_824,
    userDisplayName: `User ${number % 4_000}`,
    userPrincipalName: user,
  }
}
