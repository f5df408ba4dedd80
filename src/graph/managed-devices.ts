import { z } from 'zod'
import type { Json } from '../kernel/index.ts'
import type { GraphClient } from './client.ts'
import type { Result } from './failure.ts'
import type { Page } from './pages.ts'

/** How a device stands, as Intune judges it; `other` for a word that Microsoft has added since. */
export type ComplianceState =
  | 'compliant'
  | 'noncompliant'
  | 'in_grace_period'
  | 'unknown'
  | 'error'
  | 'conflict'
  | 'config_manager'
  | 'other'

export type DeviceSystem = 'windows' | 'macos' | 'ios' | 'android' | 'linux' | 'other'

/** A device that Intune manages, with everything it came as. */
export interface ManagedDevice {
  readonly id: string
  readonly name: string
  readonly user: string | null
  readonly serialNumber: string | null
  readonly operatingSystem: string | null
  readonly osVersion: string | null
  readonly system: DeviceSystem
  readonly state: ComplianceState
  /** ISO 8601; null where no grace was given. */
  readonly graceUntil: string | null
  /** ISO 8601; null for a device that never reached Intune. */
  readonly lastContactAt: string | null
  readonly managedBy: string | null
  readonly raw: Json
}

/** What is asked of each device. */
export const DEVICE_PROPERTIES = [
  'id',
  'deviceName',
  'userPrincipalName',
  'userDisplayName',
  'serialNumber',
  'operatingSystem',
  'osVersion',
  'complianceState',
  'complianceGracePeriodExpirationDateTime',
  'lastSyncDateTime',
  'enrolledDateTime',
  'managementAgent',
  'managedDeviceOwnerType',
  'deviceEnrollmentType',
  'azureADDeviceId',
  'isEncrypted',
  'isSupervised',
  'jailBroken',
  'manufacturer',
  'model',
]

/** A name that is orders of magnitude longer than Intune allows fits into no index, and would end every reading. */
const LONGEST_NAME = 500

const words = z.string().nullish()

const lookedAt = z.object({
  id: z.string(),
  deviceName: words,
  userPrincipalName: words,
  serialNumber: words,
  operatingSystem: words,
  osVersion: words,
  complianceState: words,
  complianceGracePeriodExpirationDateTime: words,
  lastSyncDateTime: words,
  managementAgent: words,
})

/** The raw facts are kept as they were read from JSON; to copy them for each of a hundred thousand devices costs. */
const managedDevice = z.custom<Json>().transform((raw, context): ManagedDevice => {
  const looked = lookedAt.safeParse(raw)
  if (!looked.success) {
    context.addIssue({ code: 'custom', message: looked.error.message })
    return z.NEVER
  }
  const seen = looked.data
  return {
    id: seen.id,
    name: shortened(seen.deviceName) ?? seen.id,
    user: shortened(seen.userPrincipalName),
    serialNumber: shortened(seen.serialNumber),
    operatingSystem: seen.operatingSystem || null,
    osVersion: seen.osVersion || null,
    system: systemOf(seen.operatingSystem ?? ''),
    state: stateOf(seen.complianceState ?? 'unknown'),
    graceUntil: moment(seen.complianceGracePeriodExpirationDateTime),
    lastContactAt: moment(seen.lastSyncDateTime),
    managedBy: seen.managementAgent || null,
    raw,
  }
})

const shortened = (text: string | null | undefined): string | null =>
  text?.slice(0, LONGEST_NAME).toWellFormed() || null

const STATES: Readonly<Record<string, ComplianceState>> = {
  compliant: 'compliant',
  noncompliant: 'noncompliant',
  ingraceperiod: 'in_grace_period',
  unknown: 'unknown',
  error: 'error',
  conflict: 'conflict',
  configmanager: 'config_manager',
}

/** Microsoft's words vary in their large letters. */
const stateOf = (told: string): ComplianceState => STATES[told.toLowerCase()] ?? 'other'

const SYSTEMS: readonly (readonly [beginning: string, DeviceSystem])[] = [
  ['windows', 'windows'],
  ['macos', 'macos'],
  ['mac os', 'macos'],
  ['ios', 'ios'],
  ['ipados', 'ios'],
  ['android', 'android'],
  ['linux', 'linux'],
  ['ubuntu', 'linux'],
]

function systemOf(told: string): DeviceSystem {
  const name = told.toLowerCase()
  const [, system = 'other'] = SYSTEMS.find(([beginning]) => name.startsWith(beginning)) ?? []
  return system
}

/** The first and the last year of Microsoft's calendar stand for never. */
function moment(told: string | null | undefined): string | null {
  if (!told || told.startsWith('0001-') || told.startsWith('9999-')) return null
  const at = new Date(told)
  return Number.isNaN(at.getTime()) ? null : at.toISOString()
}

/** A device from what Microsoft gave of it; null for what is none. */
export const asManagedDevice = (raw: Json): ManagedDevice | null => managedDevice.safeParse(raw).data ?? null

/** Every device that Intune manages, page by page, from a page's link on or from the first. There is no delta for them. */
export const managedDevicePages = (
  client: GraphClient,
  link: string | null,
): AsyncGenerator<Result<Page<ManagedDevice>>> =>
  client.pages(
    link === null
      ? { kind: 'path', path: `/deviceManagement/managedDevices?$select=${DEVICE_PROPERTIES.join(',')}` }
      : { kind: 'link', url: link },
    managedDevice,
    { priority: 'low' },
  )
