import { newIntune } from './intune.ts'
import type { IntuneSizes, Shown } from './kind.ts'
import { truthOf } from './truth.ts'

/** The devices that a directory has when the sandbox starts, as a list shows them. */
export const madeUpDevices = (
  given: { id: string; domain: string; groups: number; intune?: IntuneSizes },
  now: Date,
): Shown[] => truthOf({ intune: newIntune(given, { now: () => now, monotonic: () => 0 }) }, 'managedDevices')
