import { expect, test } from 'vitest'
import { retryAfterSeconds } from './retry-after.ts'

const now = new Date('2026-11-23T05:00:00Z')
const read = (headers: Record<string, string>) => retryAfterSeconds(new Headers(headers), now)

test.each<[string, Record<string, string>, number | null]>([
  ['whole seconds', { 'retry-after': '17' }, 17],
  ['a decimal', { 'retry-after': '0.249' }, 0.249],
  ['a date', { 'retry-after': 'Mon, 23 Nov 2026 05:00:30 GMT' }, 30],
  ['a date that is over', { 'retry-after': 'Mon, 23 Nov 2026 04:00:00 GMT' }, 0],
  [
    'a date of a server whose clock is an hour ahead',
    { 'retry-after': 'Mon, 23 Nov 2026 06:00:12 GMT', date: 'Mon, 23 Nov 2026 06:00:00 GMT' },
    12,
  ],
  ['more than a day', { 'retry-after': '99999999' }, 86_400],
  ['nothing', {}, null],
  ['an empty header', { 'retry-after': '' }, null],
  ['nonsense', { 'retry-after': 'soon' }, null],
])('Retry-After with %s is understood', (_, headers, seconds) => {
  expect(read(headers)).toBe(seconds)
})
