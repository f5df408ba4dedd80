import { hiddenIdOf } from '../hidden-ids.ts'
import { groupIdOf } from '../made-up-groups.ts'
import type { Part, Place, Properties } from './kind.ts'
import { mix, pick } from './mix.ts'

/** What an assignment of Intune aims at. */
export interface Target {
  readonly '@odata.type': string
  readonly groupId?: string
  readonly deviceAndAppManagementAssignmentFilterId: string | null
  readonly deviceAndAppManagementAssignmentFilterType: 'none' | 'include' | 'exclude'
}

/** In every tenant the assignment to all devices, or to all users, ends with the same id. */
const ALL_DEVICES = 'adadadad-808e-44e2-905a-0b7873a8a531'
const ALL_USERS = 'acacacac-9df4-4c7d-9d50-4ef0226f57a9'

const TARGETS = '#microsoft.graph.'
const GROUP = `${TARGETS}groupAssignmentTarget`
const EXCLUDED = `${TARGETS}exclusionGroupAssignmentTarget`

/** What a service tells of an assignment besides its target: nothing, where it comes from, or that it applies. */
export type AssignedHow = 'target' | 'sourced' | 'intended'

/** The assignments of a policy: to nobody, to groups, to everybody, some with an exclusion or a filter. */
export const assignmentsPart = (salt: number, how: AssignedHow): Part => ({
  make: (place, index, id) => madeTargets(place, index, salt).map((target) => assignmentOf(id, target, how)),
  pageSize: 1_000,
  expandedIn: ['list', 'object'],
  hasAddress: true,
})

/** One assignment as a service shows it; its id says what it belongs to and where it aims. */
export function assignmentOf(policyId: string, target: Target | Properties, how: AssignedHow): object {
  const whole = { ...NO_FILTER, ...target }
  return {
    id: `${policyId}_${aimOf(whole)}`,
    ...(how === 'target' ? {} : { source: 'direct', sourceId: policyId }),
    ...(how === 'intended' && { intent: 'apply' }),
    target: whole,
  }
}

/** The group a target names, or what stands for everybody. */
export function aimOf(target: Properties): string {
  if (typeof target.groupId === 'string') return target.groupId
  return target['@odata.type'] === `${TARGETS}allDevicesAssignmentTarget` ? ALL_DEVICES : ALL_USERS
}

const NO_FILTER = {
  deviceAndAppManagementAssignmentFilterId: null,
  deviceAndAppManagementAssignmentFilterType: 'none',
} as const

/** Every fifth policy is assigned to nobody, as in most tenants. */
function madeTargets(place: Place, index: number, salt: number): Target[] {
  const number = mix(place.seed, index, salt)
  const group = (more: number) => groupIdOf(place.id, mix(number, more) % Math.max(1, place.groups))
  const to = (type: string, more: number): Target => ({
    '@odata.type': type,
    groupId: group(more),
    ...NO_FILTER,
  })
  const everybody = pick(['allDevicesAssignmentTarget', 'allLicensedUsersAssignmentTarget'], number >>> 8)
  const filter = place.sizes.assignmentFilters > 0 ? (number >>> 4) % place.sizes.assignmentFilters : null
  const shape = number % 5
  if (shape === 0) return []
  if (place.groups === 0 || shape === 1)
    return [{ '@odata.type': TARGETS + everybody, ...filterOf(place, filter) }]
  if (shape === 2) return [to(GROUP, 1)]
  if (shape === 3) return [{ ...to(GROUP, 1), ...filterOf(place, filter) }]
  return distinct([to(GROUP, 1), to(GROUP, 2), to(EXCLUDED, 3)])
}

function filterOf(place: Place, filter: number | null) {
  if (filter === null) return NO_FILTER
  return {
    deviceAndAppManagementAssignmentFilterId: hiddenIdOf('assignmentFilters', place.id, filter),
    deviceAndAppManagementAssignmentFilterType: filter % 2 === 0 ? 'include' : 'exclude',
  } as const
}

/** No group twice: Intune would not have taken that. */
const distinct = (targets: readonly Target[]): Target[] => [
  ...new Map(targets.map((target) => [target.groupId, target])).values(),
]
