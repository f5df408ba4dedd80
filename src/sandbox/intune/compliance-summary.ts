import type {
  DeviceCompliancePolicyDeviceStateSummary,
  DeviceOperatingSystemSummary,
  ManagedDeviceOverview,
} from '@microsoft/microsoft-graph-types'
import { guidOf } from '../guid.ts'
import { type COMPLIANCE_STATES, madeState, madeSystem } from './managed-devices.ts'
import { isThere, type Objects } from './objects.ts'

/** Devices by compliance state, as they were so many changes of devices ago. */
export function complianceSummary(devices: Objects, lag: number): DeviceCompliancePolicyDeviceStateSummary {
  const counts = countBy(devices, lag, (index, set) =>
    String(set?.complianceState ?? madeState(devices.place, index)),
  )
  const of = (state: (typeof COMPLIANCE_STATES)[number]) => counts.get(state) ?? 0
  return {
    id: guidOf('compliance summary', devices.place.id),
    inGracePeriodCount: of('inGracePeriod'),
    configManagerCount: of('configManager'),
    unknownDeviceCount: of('unknown'),
    notApplicableDeviceCount: 0,
    compliantDeviceCount: of('compliant'),
    remediatedDeviceCount: 0,
    nonCompliantDeviceCount: of('noncompliant'),
    errorDeviceCount: of('error'),
    conflictDeviceCount: of('conflict'),
  }
}

/** Devices by operating system, as they were so many changes of devices ago. */
export function deviceOverview(devices: Objects, lag: number): ManagedDeviceOverview {
  const counts = countBy(devices, lag, (index, set) =>
    String(set?.operatingSystem ?? madeSystem(devices.place, index).name),
  )
  const all = [...counts.values()].reduce((sum, count) => sum + count, 0)
  const systems: DeviceOperatingSystemSummary = {
    androidCount: counts.get('Android') ?? 0,
    iosCount: counts.get('iOS') ?? 0,
    macOSCount: counts.get('macOS') ?? 0,
    windowsMobileCount: 0,
    windowsCount: counts.get('Windows') ?? 0,
    unknownCount: 0,
  }
  return {
    id: guidOf('device overview', devices.place.id),
    enrolledDeviceCount: all,
    mdmEnrolledCount: all,
    dualEnrolledDeviceCount: 0,
    deviceOperatingSystemSummary: systems,
    deviceExchangeAccessStateSummary: {
      allowedDeviceCount: 0,
      blockedDeviceCount: 0,
      quarantinedDeviceCount: 0,
      unknownDeviceCount: all,
      unavailableDeviceCount: 0,
    },
  }
}

/** Counts without making a single device up. */
function countBy(
  devices: Objects,
  lag: number,
  keyOf: (index: number, set: Readonly<Record<string, unknown>> | undefined) => string,
): Map<string, number> {
  const upTo = devices.version - lag
  const counts = new Map<string, number>()
  for (let index = 0; index < devices.count; index += 1) {
    if (!isThere(devices, index, upTo)) continue
    const set = devices.changes.get(index)?.findLast(({ version }) => version <= upTo)?.set
    const key = keyOf(index, set)
    counts.set(key, (counts.get(key) ?? 0) + 1)
  }
  return counts
}
