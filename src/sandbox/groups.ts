import { randomUUID } from 'node:crypto'
import type { Group } from '@microsoft/microsoft-graph-types'
import { groupIdOf, indexOfGroup, makeGroup, type SandboxGroupKind } from './made-up-groups.ts'

/** What became of a group since it was made. */
interface GroupChange {
  readonly state: 'present' | 'soft_deleted' | 'deleted'
  /** The number of the last change. */
  readonly version: number
  readonly set: Partial<Group>
  readonly kind?: SandboxGroupKind
}

/** The groups of a running directory: made up one by one when they are asked for; only changes are kept. */
export interface SandboxGroups {
  /** Links to changes of another generation are not known here. */
  readonly generation: string
  /** How many there ever were. */
  count: number
  /** The number of the last change of all. */
  version: number
  readonly changes: Map<number, GroupChange>
}

/** A directory as far as its groups need it. */
export interface WithGroups {
  readonly id: string
  readonly domain: string
  readonly groups: SandboxGroups
}

/** A group that is not there: soft deleted ones can be restored, deleted ones are gone for good. */
export interface RemovedGroup {
  readonly id: string
  readonly '@removed': { readonly reason: 'changed' | 'deleted' }
}

export const newGroups = (count: number): SandboxGroups => ({
  generation: randomUUID(),
  count,
  version: 0,
  changes: new Map(),
})

/** Group `index` as it is now; null when it is not there. */
function groupAt(directory: WithGroups, index: number): Group | null {
  const change = directory.groups.changes.get(index)
  if (index >= directory.groups.count || (change && change.state !== 'present')) return null
  return { ...makeGroup(directory, index, change?.kind), ...change?.set }
}

/** Groups `from` up to `to` without those that are not there, as a page of the collection has them. */
export const groupsBetween = (directory: WithGroups, from: number, to: number): Group[] =>
  Array.from({ length: Math.max(0, Math.min(to, directory.groups.count) - from) }, (_, index) =>
    groupAt(directory, from + index),
  ).filter((group) => group !== null)

/** How many groups are there now, without looking at each. */
export const groupCount = ({ groups }: WithGroups): number =>
  groups.count - [...groups.changes.values()].filter(({ state }) => state !== 'present').length

/** Every group that is there now. */
export const everyGroup = (directory: WithGroups): Group[] =>
  groupsBetween(directory, 0, directory.groups.count)

/** The group with this id, or null. */
export function findGroup(directory: WithGroups, id: string): Group | null {
  const index = indexOfGroup(directory.id, id)
  return index === null ? null : groupAt(directory, index)
}

/** What changed after one version and up to another, in order, at most so much; each group once, as it is now. */
export function changesBetween(
  directory: WithGroups,
  { after, until, most }: { after: number; until: number; most: number },
): { items: (Group | RemovedGroup)[]; last: number; more: boolean } {
  const due = [...directory.groups.changes]
    .filter(([, { version }]) => version > after && version <= until)
    .sort(([, a], [, b]) => a.version - b.version)
  const page = due.slice(0, most)
  return {
    items: page.map(([index, { state }]) => groupAt(directory, index) ?? removed(directory.id, index, state)),
    last: page.at(-1)?.[1].version ?? until,
    more: due.length > most,
  }
}

const removed = (directoryId: string, index: number, state: GroupChange['state']): RemovedGroup => ({
  id: groupIdOf(directoryId, index),
  '@removed': { reason: state === 'deleted' ? 'deleted' : 'changed' },
})

/** Adds a group, with what is to be different from a made-up one of its kind. */
export function createGroup(
  directory: WithGroups,
  displayName: string,
  kind: SandboxGroupKind = 'security',
  set: Partial<Group> = {},
): Group {
  const index = directory.groups.count
  directory.groups.count += 1
  note(directory, index, { state: 'present', set: { ...set, displayName }, kind })
  return groupAt(directory, index) ?? {}
}

/** Gives a group another name; false when it is not there. */
export function renameGroup(directory: WithGroups, id: string, displayName: string): boolean {
  const index = indexOfGroup(directory.id, id)
  if (index === null || !groupAt(directory, index)) return false
  note(directory, index, { set: { displayName } })
  return true
}

/** Takes a group away, for good or so that it can be restored; false when there is nothing to take. */
export function deleteGroup(directory: WithGroups, id: string, how: 'soft_deleted' | 'deleted'): boolean {
  const index = indexOfGroup(directory.id, id)
  if (index === null || index >= directory.groups.count) return false
  const state = directory.groups.changes.get(index)?.state ?? 'present'
  if (state === 'deleted' || state === how) return false
  note(directory, index, { state: how })
  return true
}

/** Brings a soft-deleted group back; false when there is none. */
export function restoreGroup(directory: WithGroups, id: string): boolean {
  const index = indexOfGroup(directory.id, id)
  if (index === null || directory.groups.changes.get(index)?.state !== 'soft_deleted') return false
  note(directory, index, { state: 'present' })
  return true
}

function note({ groups }: WithGroups, index: number, change: Partial<Omit<GroupChange, 'version'>>): void {
  groups.version += 1
  const before = groups.changes.get(index)
  groups.changes.set(index, {
    state: 'present',
    ...before,
    ...change,
    set: { ...before?.set, ...change.set },
    version: groups.version,
  })
}
