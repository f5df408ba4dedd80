import { z } from 'zod'
import type { Sort } from './list-query.ts'

/** The entry beside which a page begins, and on which side of it the page lies. */
export interface ListEdge {
  readonly side: 'after' | 'before'
  /** What the entry is ordered by, as the database wrote it. */
  readonly key: string
  readonly id: string
}

const place = z.tuple([z.string().max(2000), z.string().max(2000)])

/** A moment as the database writes it, to the microsecond; what never happened is before all. */
const MOMENT = /^(-infinity|\d{4}-\d{2}-\d{2} \d{2}:\d{2}:\d{2}(\.\d{1,6})?\+00)$/

/** Where a page begins, as a text for an address. */
export const writeEdge = (key: string, id: string): string =>
  Buffer.from(JSON.stringify([key, id])).toString('base64url')

/** Reads an edge from an address; null for one that nobody wrote, or wrote for another order. */
export function readEdge(by: Sort, side: ListEdge['side'], text: string | undefined): ListEdge | null {
  if (!text) return null
  try {
    const [key, id] = place.parse(JSON.parse(Buffer.from(text, 'base64url').toString('utf8')))
    if (`${key}${id}`.includes('\0') || (by !== 'name' && !isMoment(key))) return null
    return { side, key, id }
  } catch {
    return null
  }
}

/** Only a day of the calendar is read back as it was written; the database refuses any other. */
function isMoment(key: string): boolean {
  if (!MOMENT.test(key)) return false
  if (key === '-infinity') return true
  const second = `${key.slice(0, 10)}T${key.slice(11, 19)}`
  const read = new Date(`${second}Z`)
  return !Number.isNaN(read.getTime()) && read.toISOString().startsWith(second) && read.getUTCFullYear() > 0
}
