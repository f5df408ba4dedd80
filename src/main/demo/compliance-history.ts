import type { ManagedDevice } from '../../graph/index.ts'

/** How one device came to stand as it does: since when it is known, and in which state it was at each snapshot. */
export interface DevicePast {
  readonly device: ManagedDevice
  /** The first snapshot that it was there for. */
  readonly from: number
  /** By snapshot; before the first it was there for, none. */
  readonly states: readonly (ManagedDevice['state'] | null)[]
}

/**
 * Makes up a past for devices that leads to how they stand now: going back from the last snapshot, now and then one
 * stood differently, and none was there before it was enrolled. The same devices have the same past.
 */
export function pastOf(devices: readonly ManagedDevice[], snapshots: readonly Date[]): DevicePast[] {
  const chance = chances(devices.length)
  return devices.map((device) => {
    const from = firstSnapshotOf(device, snapshots)
    let state = device.state
    const states: (ManagedDevice['state'] | null)[] = []
    for (let index = snapshots.length - 1; index >= 0; index--) {
      states.unshift(index < from ? null : state)
      state = before(state, chance)
    }
    return { device, from, states }
  })
}

function firstSnapshotOf({ raw }: ManagedDevice, snapshots: readonly Date[]): number {
  const enrolled = Date.parse(String((raw as { enrolledDateTime?: unknown }).enrolledDateTime ?? ''))
  const index = snapshots.findIndex((at) => at.getTime() >= enrolled)
  return index === -1 ? Math.max(0, snapshots.length - 1) : index
}

/** How a device stood a day before: mostly the same; troubles come and are mended. */
function before(state: ManagedDevice['state'], chance: () => number): ManagedDevice['state'] {
  const drawn = chance()
  if (state === 'compliant') {
    if (drawn < 0.004) return 'noncompliant'
    if (drawn < 0.006) return 'in_grace_period'
    return drawn < 0.0065 ? 'error' : state
  }
  if (state === 'config_manager') return state
  if (state === 'noncompliant' && drawn < 0.02) return 'in_grace_period'
  return drawn < 0.05 ? 'compliant' : state
}

/** Numbers below one, the same ones for the same seed. */
function chances(seed: number): () => number {
  let state = seed
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return state / 2 ** 32
  }
}
