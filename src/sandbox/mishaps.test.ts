import { expect, test } from 'vitest'
import type { SandboxFaults } from './faults.ts'
import { deliveryOf, latenessOf, waitOf } from './mishaps.ts'

const latenesses = (faults: SandboxFaults) => [1, 2, 3, 4].map((count) => latenessOf(faults, count))

test.each<[string, SandboxFaults, number[]]>([
  ['no answer is late without a time', { slowNext: 2, slowEvery: 2 }, [0, 0, 0, 0]],
  ['every answer is late unless somebody says which', { slowMs: 5 }, [5, 5, 5, 5]],
  ['the next ones are', { slowMs: 5, slowNext: 2 }, [5, 5, 0, 0]],
  ['every n-th one is', { slowMs: 5, slowEvery: 2 }, [0, 5, 0, 5]],
  ['every n-th one is besides', { slowMs: 5, slowNext: 1, slowEvery: 2 }, [5, 5, 0, 5]],
])('%s', (_, faults, expected) => {
  expect(latenesses({ ...faults })).toEqual(expected)
})

test('every n-th answer and the next ones are lost', () => {
  const faults: SandboxFaults = { dropEvery: 2, dropNext: 1, dropWhere: 'in_body' }

  expect([1, 2, 3].map((count) => deliveryOf(faults, count))).toEqual(['cut', 'cut', 'delivered'])
  expect(faults).toEqual({ dropEvery: 2, dropWhere: 'in_body' })
})

const now = new Date('2026-11-23T05:00:00.750Z')

test.each<[string, SandboxFaults, string | undefined, string | null]>([
  ['two seconds', {}, '2', '05:00:02.750Z'],
  ['whole seconds', { retryAfterSeconds: 1.2 }, '2', '05:00:02.750Z'],
  ['a decimal', { retryAfter: 'decimal', retryAfterSeconds: 1.2 }, '1.200', '05:00:01.950Z'],
  ['a date of whole seconds', { retryAfter: 'date' }, 'Mon, 23 Nov 2026 05:00:02 GMT', '05:00:02.000Z'],
  ['nothing', { retryAfter: 'absent' }, undefined, null],
])('Retry-After tells %s, and is remembered as it was told', (_, faults, header, until) => {
  const wait = waitOf(faults, now)

  expect(wait.headers['Retry-After']).toBe(header)
  expect(wait.until?.toISOString().slice(11) ?? null).toBe(until)
})
