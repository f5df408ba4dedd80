import { expect, test } from 'vitest'
import type { Counts } from '../../engine/runs/index.ts'
import { operationsWords } from './operations.words.ts'
import { resultOf } from './result-of.ts'

test.each<[Counts, string, string]>([
  [{ seen: 0, created: 0, changed: 0, unchanged: 0, gone: 0 }, 'Nothing changed', 'Nichts hat sich geändert'],
  [
    { seen: 2, created: 0, changed: 0, unchanged: 2, gone: 2 },
    '2 gone, 2 unchanged',
    '2 verschwunden, 2 unverändert',
  ],
  [{ seen: 500, created: 500, changed: 0, unchanged: 0, gone: 0 }, '500 new', '500 neu'],
  [
    { seen: 130, created: 0, changed: 0, unchanged: 130, gone: 0 },
    'Nothing changed, 130 as before',
    'Nichts hat sich geändert, 130 wie zuvor',
  ],
  [{ created: 5, unchanged: 0 }, '5 new', '5 neu'],
  [{ seen: 3 }, '3 read', '3 gelesen'],
  [{ checks: 9, passed: 7 }, '7 of 9 facts as they should be', '7 von 9 Punkten in Ordnung'],
  [{}, '', ''],
])('%j reads as a person understands it', (counts, english, german) => {
  expect(resultOf(counts, operationsWords('en').result, String)).toBe(english)
  expect(resultOf(counts, operationsWords('de').result, String)).toBe(german)
})
