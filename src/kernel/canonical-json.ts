import { createHash } from 'node:crypto'

export type Json =
  | string
  | number
  | boolean
  | null
  | readonly Json[]
  | { readonly [key: string]: Json | undefined }

/**
 * JSON with sorted keys and without absent members: two values that mean the same give the same text.
 * Numbers are written as JavaScript writes them; order inside arrays is kept.
 */
export function canonicalJson(value: Json): string {
  if (value === null || typeof value !== 'object') return JSON.stringify(value)
  if (isList(value)) return `[${value.map(canonicalJson).join(',')}]`
  const members = Object.entries(value)
    .filter((entry): entry is [string, Json] => entry[1] !== undefined)
    .sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0))
    .map(([key, member]) => `${JSON.stringify(key)}:${canonicalJson(member)}`)
  return `{${members.join(',')}}`
}

/** SHA-256 of the canonical JSON, in lower-case hex (64 characters). */
export const canonicalHash = (value: Json): string =>
  createHash('sha256').update(canonicalJson(value)).digest('hex')

const isList = (value: Json): value is readonly Json[] => Array.isArray(value)
