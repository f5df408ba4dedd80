import { expect, test } from 'vitest'
import { chances } from '../../../tests/world/cuts.ts'
import { countStates, type Shelf, STATES, SYSTEMS, totalOf } from './states.ts'

const SHELVES: readonly Shelf[] = [...STATES, 'gone']

test('whatever stands where, the states come to all devices that are there, and the silent are among them', () => {
  const chance = chances(7)
  for (let round = 0; round < 300; round++) {
    const devices = Array.from({ length: chance(60) }, () => ({
      shelf: SHELVES[chance(SHELVES.length)] ?? 'gone',
      system: SYSTEMS[chance(SYSTEMS.length)] ?? 'other',
      isSilent: chance(4) === 0,
      devices: chance(5),
    }))
    const sum = (some: typeof devices) => some.reduce((total, each) => total + each.devices, 0)
    const present = devices.filter(({ shelf }) => shelf !== 'gone')

    const { silent, states } = countStates(devices)

    expect(totalOf(states)).toBe(sum(present))
    expect(silent).toBe(sum(present.filter(({ isSilent }) => isSilent)))
    for (const state of STATES)
      expect(states[state]).toBe(sum(devices.filter(({ shelf }) => shelf === state)))
    expect(countStates(devices.toReversed())).toEqual({ silent, states })
  }
})
