import { createHash } from 'node:crypto'

/** A number below 2^32 that is always the same for the same numbers, and looks like any other. */
export function mix(...numbers: readonly number[]): number {
  let mixed = 0x9e3779b9
  for (const number of numbers) {
    mixed = Math.imul(mixed ^ number, 0x85ebca6b)
    mixed ^= mixed >>> 13
    mixed = Math.imul(mixed, 0xc2b2ae35)
    mixed ^= mixed >>> 16
  }
  return mixed >>> 0
}

/** One of several, by a number of any size. */
export const pick = <T>(all: readonly [T, ...T[]], number: number): T => all[number % all.length] ?? all[0]

/** The number everything made up in a directory begins with. */
export const seedOf = (directoryId: string): number =>
  createHash('sha256').update(`intune of ${directoryId}`).digest().readUInt32BE(0)
