import { expect, test } from 'vitest'
import { instantOf } from './instant-of.ts'

test.each([
  ['2026-11-23', 'UTC', 'beginning', '2026-11-23T00:00:00.000Z'],
  ['2026-11-23', 'UTC', 'end', '2026-11-24T00:00:00.000Z'],
  ['2026-11-23', 'Europe/Berlin', 'beginning', '2026-11-22T23:00:00.000Z'],
  ['2026-03-29', 'Europe/Berlin', 'beginning', '2026-03-28T23:00:00.000Z'],
  ['2026-03-29', 'Europe/Berlin', 'end', '2026-03-29T22:00:00.000Z'],
  ['2026-10-25', 'Europe/Berlin', 'end', '2026-10-25T23:00:00.000Z'],
  ['2026-07-01T08:30', 'America/New_York', 'beginning', '2026-07-01T12:30:00.000Z'],
  ['2026-07-01T08:30', 'Asia/Kolkata', 'end', '2026-07-01T03:00:00.000Z'],
  ['2026-07-01T08:30:15+02:00', 'Asia/Kolkata', 'end', '2026-07-01T06:30:15.000Z'],
  ['2026-07-01T08:30:15.250Z', 'Asia/Kolkata', 'end', '2026-07-01T08:30:15.250Z'],
] as const)('%s in %s as the %s is %s', (text, zone, edge, instant) => {
  expect(instantOf(text, zone, edge)?.toISOString()).toBe(instant)
})

test.each([
  '',
  'yesterday',
  '2026-02-30',
  '2026-13-01',
  '2026-11-23T25:00',
  '2026-11',
  '23.11.2026',
  '9'.repeat(300),
])('%s is no time', (text) => {
  expect(instantOf(text, 'Europe/Berlin', 'beginning')).toBeNull()
})
