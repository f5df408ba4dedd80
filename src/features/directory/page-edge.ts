import { z } from 'zod'
import type { PageEdge } from './role-definitions/role-definitions.sql.ts'

const place = z.tuple([z.string().max(2000), z.string().max(2000)])

/** Where a page begins, as a text for an address. */
export const writeEdge = (name: string, id: string): string =>
  Buffer.from(JSON.stringify([name, id])).toString('base64url')

/** Reads the edge from an address; one that nobody wrote counts as none: the first page. */
export function readEdge(after: string | undefined, before: string | undefined): PageEdge | null {
  const text = after ?? before
  if (!text) return null
  try {
    const [name, id] = place.parse(JSON.parse(Buffer.from(text, 'base64url').toString('utf8')))
    if (`${name}${id}`.includes('\0')) return null
    return { side: after === undefined ? 'before' : 'after', name, id }
  } catch {
    return null
  }
}
