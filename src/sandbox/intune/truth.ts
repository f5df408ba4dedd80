import type { WithIntune } from './intune.ts'
import type { Kind, KindName, Look, Shown } from './kind.ts'
import { sliceOf } from './listed.ts'
import { type Found, find, readObjects } from './objects.ts'

/** An object as a look shows it. */
export function shown(kind: Kind, { id, properties }: Found, look: Look): Shown {
  return { id, ...(kind.show?.(properties, look) ?? properties) }
}

/** An object as beta shows it by its id. */
export const shownWhole = (kind: Kind, found: Found): Shown =>
  shown(kind, found, { version: 'beta', isListed: false })

/** The plain list of what a directory has of a kind now, each object as a list of beta shows it. */
export function truthOf(directory: Pick<WithIntune, 'intune'>, name: KindName): Shown[] {
  const objects = directory.intune.objects[name]
  const { items } = readObjects(objects, 0, Number.POSITIVE_INFINITY)
  return items.map((found) => shown(objects.kind, found, { version: 'beta', isListed: true }))
}

/** What belongs to one object now, such as its `assignments` or `settings`; empty when it is not there. */
export function partOf(directory: WithIntune, name: KindName, id: string, part: string): object[] {
  const found = find(directory.intune.objects[name], id)
  return found ? sliceOf(found.part(part)) : []
}
