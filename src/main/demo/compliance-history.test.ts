import { expect, test } from 'vitest'
import { asManagedDevice } from '../../graph/index.ts'
import { intuneOf, madeUpDevices } from '../../sandbox/index.ts'
import { pastOf } from './compliance-history.ts'

const NOW = new Date('2026-11-24T09:00:00Z')
const SNAPSHOTS = Array.from(
  { length: 40 },
  (_, index) => new Date(NOW.getTime() - (39 - index) * 86_400_000),
)
const DEVICES = madeUpDevices(
  { id: 'x', domain: 'contoso.example', groups: 0, intune: intuneOf(0, 400) },
  NOW,
)
  .map((raw) => asManagedDevice(JSON.parse(JSON.stringify(raw))))
  .filter((device) => device !== null)

test('a made-up past leads to how every device stands now, and begins when it was enrolled', () => {
  const past = pastOf(DEVICES, SNAPSHOTS)

  expect(past).toHaveLength(400)
  expect(past.some(({ from }) => from > 0)).toBe(true)
  expect(past.some(({ states }) => new Set(states).size > 1)).toBe(true)
  for (const { device, from, states } of past) {
    expect(states).toHaveLength(SNAPSHOTS.length)
    expect(states.at(-1)).toBe(device.state)
    expect(states.findIndex((state) => state !== null)).toBe(from)
    const { enrolledDateTime } = device.raw as { enrolledDateTime: string }
    expect((SNAPSHOTS[from]?.getTime() ?? 0) >= Date.parse(enrolledDateTime)).toBe(true)
  }
})

test('the same devices have the same past', () => {
  expect(pastOf(DEVICES, SNAPSHOTS)).toEqual(pastOf(DEVICES, SNAPSHOTS))
})
