import type { ComplianceState, DeviceSystem } from '../../graph/index.ts'

/** How a device may stand, in the order in which pages tell of them. */
export const STATES = [
  'noncompliant',
  'in_grace_period',
  'unknown',
  'error',
  'conflict',
  'config_manager',
  'other',
  'compliant',
] as const satisfies readonly ComplianceState[]

export const SYSTEMS = [
  'windows',
  'macos',
  'ios',
  'android',
  'linux',
  'other',
] as const satisfies readonly DeviceSystem[]

/** How many devices stand in each state. */
export type StateCounts = Readonly<Record<ComplianceState, number>>

/** Where a device stands: in its state while it is there, and with all that are gone afterwards. */
export type Shelf = ComplianceState | 'gone'

/** How many devices stand on one shelf, of one system, and silent or not. */
export interface Standing {
  readonly shelf: Shelf
  readonly system: DeviceSystem
  readonly isSilent: boolean
  readonly devices: number
}

/** What all devices that are there come to: how many in each state, and how many that are silent. */
export function countStates(standing: readonly Standing[]): { states: StateCounts; silent: number } {
  const present = standing.filter(({ shelf }) => shelf !== 'gone')
  const sum = (some: readonly Standing[]) => some.reduce((total, { devices }) => total + devices, 0)
  const of = (state: ComplianceState) => sum(present.filter(({ shelf }) => shelf === state))
  return {
    states: {
      noncompliant: of('noncompliant'),
      in_grace_period: of('in_grace_period'),
      unknown: of('unknown'),
      error: of('error'),
      conflict: of('conflict'),
      config_manager: of('config_manager'),
      other: of('other'),
      compliant: of('compliant'),
    },
    silent: sum(present.filter(({ isSilent }) => isSilent)),
  }
}

/** All devices of a count. */
export const totalOf = (states: StateCounts): number => STATES.reduce((sum, state) => sum + states[state], 0)
