import type { LiveDirectory } from '../directory.ts'
import { complianceSummary, deviceOverview } from '../intune/compliance-summary.ts'
import { KIND_NAMES, type Kind, type Properties } from '../intune/kind.ts'
import { KINDS } from '../intune/kinds.ts'
import { sliceOf } from '../intune/listed.ts'
import { type Found, find, readObjects } from '../intune/objects.ts'
import { CONFIGURATION_READ } from '../intune/permissions.ts'
import { shown } from '../intune/truth.ts'
import type { GraphRequest } from './answers.ts'
import type { Collection, Item } from './collection.ts'
import { readExpand } from './expand.ts'
import { partDeeds, questionDeeds } from './intune-below.ts'
import { writeDeeds } from './intune-writes.ts'

const devices = KINDS.managedDevices

/** Everything of Intune and conditional access: one collection for each kind, and what is told of all devices. */
export const INTUNE_COLLECTIONS: readonly Collection[] = [
  ...KIND_NAMES.map((name) => collectionOf(KINDS[name])),
  {
    path: 'deviceManagement/deviceCompliancePolicyDeviceStateSummary',
    versions: ['v1.0', 'beta'],
    dialect: 'intune',
    acceptable: CONFIGURATION_READ,
    isSingle: true,
    ...only(({ faults, intune }) =>
      complianceSummary(intune.objects.managedDevices, faults.staleSummary ?? 0),
    ),
  },
  {
    path: 'deviceManagement/managedDeviceOverview',
    versions: ['v1.0', 'beta'],
    dialect: 'device',
    acceptable: devices.read,
    isSingle: true,
    ...only(({ faults, intune }) => deviceOverview(intune.objects.managedDevices, faults.staleSummary ?? 0)),
  },
]

function only(item: (directory: LiveDirectory) => Item): Pick<Collection, 'item' | 'items' | 'pageSize'> {
  return {
    item,
    items: (directory) => ({ read: () => ({ items: [item(directory)], next: null }) }),
    pageSize: () => 1,
  }
}

function collectionOf(kind: Kind): Collection {
  const { dialect, entity, largestPage, name, path, pageSize, parts = {}, read, versions } = kind
  const objectsOf = ({ intune }: LiveDirectory) => intune.objects[name]
  return {
    path,
    versions,
    dialect,
    acceptable: read,
    pageSize: () => pageSize,
    largestPage,
    items: (directory, request) => ({
      read: (from, most) => {
        const objects = objectsOf(directory)
        const upTo = objects.version - (directory.faults.listsLag ?? 0)
        const { items, next } = readObjects(
          objects,
          skipsAll(kind, request) ? objects.count : from,
          most,
          upTo,
        )
        return { items: items.map((found) => itemFor(kind, found, request, true)), next }
      },
    }),
    item: (directory, id, request) => {
      const objects = objectsOf(directory)
      const found = find(objects, id, objects.version - (directory.faults.objectsLag ?? 0))
      return found && itemFor(kind, found, request, false)
    },
    shape: { entity, properties: (directory, request) => commonProperties(kind, directory, request) },
    expands: Object.entries(parts).map(([part, { expandedIn }]) => ({ name: part, in: expandedIn })),
    deeds: [...partDeeds(kind), ...questionDeeds(kind), ...writeDeeds(kind)],
  }
}

/** The device service takes `$skip`, and gives nothing then. */
const skipsAll = ({ dialect }: Kind, { url }: GraphRequest): boolean =>
  dialect === 'device' && url.searchParams.has('$skip')

/** An object as this request sees it, with the parts that it expands. */
function itemFor(kind: Kind, found: Found, { url, version }: GraphRequest, isListed: boolean): Item {
  const parts: Record<string, object[]> = {}
  for (const { inner, name } of readExpand(url.searchParams)) {
    const all = sliceOf(found.part(name))
    const needed = kind.parts?.[name]?.inner
    parts[name] = needed === undefined || inner === needed ? all : all.map((item) => without(item, needed))
  }
  return { ...shown(kind, found, { version, isListed }), ...parts }
}

const without = (item: object, name: string): object =>
  Object.fromEntries(Object.entries(item).filter(([property]) => property !== name))

/** How many made-up objects show what all of a kind have in common. */
const EXAMPLES = 10

/** What every object of a kind has, whatever its own type adds. */
function commonProperties(
  kind: Kind,
  { intune }: LiveDirectory,
  { version }: GraphRequest,
): ReadonlySet<string> {
  const { place } = intune.objects[kind.name]
  const examples = Array.from({ length: EXAMPLES }, (_, index): Properties => {
    const derived = kind.derived?.(() => [])
    const properties: Properties = { ...kind.make(place, index), ...derived }
    return kind.show?.(properties, { version, isListed: true }) ?? properties
  })
  const names = Object.keys(examples[0] ?? {}).filter((name) => examples.every((example) => name in example))
  return new Set(['id', ...names])
}
