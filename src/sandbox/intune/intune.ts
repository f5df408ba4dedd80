import type { Clock } from '../../kernel/index.ts'
import { findGroup, type WithGroups } from '../groups.ts'
import { type IntuneSizes, KIND_NAMES, type KindName, type Place, type Properties } from './kind.ts'
import { KINDS } from './kinds.ts'
import { seedOf } from './mix.ts'
import { countOf, find, newObjects, type Objects } from './objects.ts'

/** A write as it was asked for, and how it was answered. */
export interface Write {
  /** ISO 8601. */
  readonly at: string
  readonly method: string
  /** What follows the version. */
  readonly path: string
  readonly body: unknown
  readonly status: number
}

/** What a running directory has of Intune and of conditional access. */
export interface SandboxIntune {
  readonly clock: Clock
  readonly objects: Readonly<Record<KindName, Objects>>
  /** The last writes over HTTP, oldest first. */
  readonly writes: Write[]
}

/** A directory as far as Intune needs it. */
export interface WithIntune extends WithGroups {
  readonly intune: SandboxIntune
}

const DAY = 86_400_000

/** Intune as a directory has it when the sandbox starts; the default scope tag is there in each. */
export function newIntune(
  given: { id: string; domain: string; groups: number; intune?: IntuneSizes },
  clock: Clock,
): SandboxIntune {
  const said = (name: KindName) => given.intune?.[name] ?? 0
  const sizes = byKind((name) => (name === 'roleScopeTags' ? Math.max(1, said(name)) : said(name)))
  const place: Place = {
    id: given.id,
    domain: given.domain,
    seed: seedOf(given.id),
    groups: given.groups,
    sizes,
    today: Math.floor(clock.now().getTime() / DAY) * DAY,
  }
  return { clock, objects: byKind((name) => newObjects(KINDS[name], place)), writes: [] }
}

const byKind = <T>(read: (name: KindName) => T) =>
  Object.fromEntries(KIND_NAMES.map((name) => [name, read(name)])) as Record<KindName, T>

/** How many objects of each kind are there now. */
export const countsOf = ({ objects }: SandboxIntune): Record<KindName, number> =>
  byKind((name) => countOf(objects[name]))

/** How many policies of all kinds are there now: everything but devices. */
export const policyCount = (intune: SandboxIntune): number =>
  Object.entries(countsOf(intune)).reduce(
    (sum, [name, count]) => (name === 'managedDevices' ? sum : sum + count),
    0,
  )

/** Whether the directory has an object with this id now. */
export function knows(directory: WithIntune, kind: KindName | 'groups', id: string): boolean {
  if (kind === 'groups') return findGroup(directory, id) !== null
  return find(directory.intune.objects[kind], id) !== null
}

const REMEMBERED = 1_000

/** Remembers a write. */
export function noteWrite({ writes }: SandboxIntune, write: Write): void {
  writes.push(write)
  if (writes.length > REMEMBERED) writes.shift()
}

/** The properties of a body, or null for what is no object. */
export const propertiesOf = (body: unknown): Properties | null =>
  typeof body === 'object' && body !== null && !Array.isArray(body) ? (body as Properties) : null
