import { types } from '@electric-sql/pglite'

/**
 * Both drivers read whole numbers of the database with this one parser: `pg` would give bigints as
 * text, PGlite as numbers or BigInts. Throws when a value is too large to be exact.
 */
export function parseWholeNumber(text: string): number {
  const value = Number(text)
  if (!Number.isSafeInteger(value)) throw new RangeError(`The database holds a number beyond 2^53: ${text}`)
  return value
}

export const WHOLE_NUMBER_TYPES = [types.INT8] as const
export const parsers = { [types.INT8]: parseWholeNumber }
