import { createHash } from 'node:crypto'
import { guidOf } from './guid.ts'

/** The id of object `index` of a kind: it looks like any other, and tells which one it is to whoever knows the directory. */
export function hiddenIdOf(kind: string, directoryId: string, index: number): string {
  const looks = guidOf(kind, directoryId, index)
  const hidden = ((index ^ keyOf(kind, directoryId)) >>> 0).toString(16).padStart(8, '0')
  return looks.slice(0, -8) + hidden
}

/** Which object of this kind in the directory has this id; null when none can have it. */
export function indexHiddenIn(kind: string, directoryId: string, id: string): number | null {
  if (!/^[0-9a-f-]{36}$/i.test(id)) return null
  const index = (Number.parseInt(id.slice(-8), 16) ^ keyOf(kind, directoryId)) >>> 0
  return hiddenIdOf(kind, directoryId, index) === id.toLowerCase() ? index : null
}

const keyOf = (kind: string, directoryId: string): number =>
  createHash('sha256').update(`${kind}s of ${directoryId}`).digest().readUInt32BE(0)
