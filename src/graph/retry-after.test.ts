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
  [
    'a date of a server whose clock is a day behind',
    { 'retry-after': 'Sun, 22 Nov 2026 05:00:08 GMT', date: 'Sun, 22 Nov 2026 05:00:00 GMT' },
    8,
  ],
  [
    'a date in a year far away',
    { 'retry-after': 'Fri, 23 Nov 9999 05:00:30 GMT', date: 'Mon, 23 Nov 2026 05:00:00 GMT' },
    86_400,
  ],
  ['a date beside a Date nobody can read', { 'retry-after': 'Mon, 23 Nov 2026 05:00:30 GMT', date: 'x' }, 30],
  ['a day that does not exist', { 'retry-after': 'Mon, 99 Nov 2026 05:00:30 GMT' }, null],
  ['more digits than a number has', { 'retry-after': '9'.repeat(400) }, 86_400],
  ['zero', { 'retry-after': '0' }, 0],
  ['less than nothing', { 'retry-after': '-5' }, null],
  ['two values at once', { 'retry-after': '5, 7' }, null],
  ['a power', { 'retry-after': '1e9' }, null],
  ['nonsense', { 'retry-after': 'soon 5' }, null],
])('Retry-After with %s is understood', (_, headers, seconds) => {
  expect(read(headers)).toBe(seconds)
})
