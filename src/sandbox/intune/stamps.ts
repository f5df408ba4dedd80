import { mix } from './mix.ts'

const DAY = 86_400_000
const FIRST = Date.UTC(2021, 4, 3, 6, 20, 10)

/** A time as Intune writes it: with seven digits after the second, of which a clock here knows three. */
export const stampOf = (ms: number, more = 0): string =>
  `${new Date(ms).toISOString().slice(0, -1)}${String(more % 10_000).padStart(4, '0')}Z`

/** When object `index` was made, and when it was last edited before the sandbox knew it. */
export function madeStamps(seed: number, index: number): { created: string; modified: string } {
  const number = mix(seed, index, 7)
  const created = FIRST + (number % 1_500) * DAY + (number % 86_399_000)
  return {
    created: stampOf(created, number),
    modified: stampOf(created + (number % 400) * DAY, mix(number)),
  }
}
