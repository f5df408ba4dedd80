import { expect, test } from 'vitest'
import { decideLetter } from './decide-letter.ts'

const again = (inSeconds: number, unsure = 0) => ({ kind: 'again', inSeconds, unsure })
const settled = (as: string) => ({ kind: 'settled', as })

test.each([
  ['taken', { delivery: 'taken', attempts: 1, unsure: 0 }, settled('sent')],
  ['taken after an unsure attempt', { delivery: 'taken', attempts: 2, unsure: 1 }, settled('sent')],
  ['refused for good', { delivery: 'refused', attempts: 1, unsure: 0 }, settled('refused')],
  ['not taken', { delivery: 'not_taken', attempts: 1, unsure: 0 }, again(60)],
  ['not taken for the fourth time', { delivery: 'not_taken', attempts: 4, unsure: 0 }, again(480)],
  ['not taken for the ninth time', { delivery: 'not_taken', attempts: 9, unsure: 0 }, again(4 * 3600)],
  ['not taken for the tenth time', { delivery: 'not_taken', attempts: 10, unsure: 0 }, settled('given_up')],
  ['not taken after an unsure attempt', { delivery: 'not_taken', attempts: 2, unsure: 1 }, again(120, 1)],
  ['perhaps taken', { delivery: 'unknown', attempts: 1, unsure: 0 }, again(60, 1)],
  ['perhaps taken twice', { delivery: 'unknown', attempts: 2, unsure: 1 }, settled('given_up')],
] as const)('a letter that was %s', (_what, facts, verdict) => {
  expect(decideLetter(facts)).toEqual(verdict)
})
