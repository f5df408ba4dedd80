import { z } from 'zod'

/** Whom a policy concerns, or leaves out. */
export interface Assignment {
  readonly target: 'group' | 'all_devices' | 'all_users' | 'other'
  /** The id of the group, or what else is targeted, as Microsoft names it. */
  readonly id: string | null
  readonly isExcluded: boolean
  /** A filter that narrows it to some devices, or to all but some. */
  readonly filter: { readonly id: string; readonly way: 'include' | 'exclude' } | null
}

const target = z.looseObject({
  '@odata.type': z.string().catch(''),
  groupId: z.string().nullish().catch(null),
  deviceAndAppManagementAssignmentFilterId: z.string().nullish().catch(null),
  deviceAndAppManagementAssignmentFilterType: z.string().nullish().catch(null),
})
const assigned = z.object({ assignments: z.array(z.object({ target })) })
const members = z.array(z.string()).catch([])
const conditional = z.object({
  conditions: z.object({
    users: z.object({
      includeUsers: members,
      includeGroups: members,
      excludeUsers: members,
      excludeGroups: members,
    }),
  }),
})

/** The assignments of a policy as Microsoft gives them: a list of its own, or the users of its conditions. Null for types that have none. */
export function assignmentsOf(raw: unknown): readonly Assignment[] | null {
  const list = assigned.safeParse(raw)
  if (list.success) return list.data.assignments.map((one) => fromTarget(one.target))
  const users = conditional.safeParse(raw)
  if (!users.success) return null
  const { excludeGroups, excludeUsers, includeGroups, includeUsers } = users.data.conditions.users
  return [
    ...includeUsers.map((id) => fromUser(id, false)),
    ...includeGroups.map((id) => fromGroup(id, false)),
    ...excludeUsers.map((id) => fromUser(id, true)),
    ...excludeGroups.map((id) => fromGroup(id, true)),
  ]
}

/** The ids of every group and filter that a policy's assignments name. */
export const groupIdsIn = (raw: unknown): string[] =>
  (assignmentsOf(raw) ?? []).flatMap(({ filter, id }) =>
    [id, filter?.id].filter((one) => typeof one === 'string'),
  )

const KINDS: Readonly<Record<string, Pick<Assignment, 'target' | 'isExcluded'>>> = {
  groupAssignmentTarget: { target: 'group', isExcluded: false },
  exclusionGroupAssignmentTarget: { target: 'group', isExcluded: true },
  allDevicesAssignmentTarget: { target: 'all_devices', isExcluded: false },
  allLicensedUsersAssignmentTarget: { target: 'all_users', isExcluded: false },
}

function fromTarget(one: z.infer<typeof target>): Assignment {
  const name = one['@odata.type'].replace('#microsoft.graph.', '')
  const kind = KINDS[name] ?? { target: 'other', isExcluded: false }
  const filterId = one.deviceAndAppManagementAssignmentFilterId
  const way = one.deviceAndAppManagementAssignmentFilterType
  const filter = filterId && (way === 'include' || way === 'exclude') ? { id: filterId, way } : null
  return { ...kind, id: one.groupId ?? (kind.target === 'other' ? name : null), filter } as Assignment
}

const fromGroup = (id: string, isExcluded: boolean): Assignment => ({
  target: 'group',
  id,
  isExcluded,
  filter: null,
})

const fromUser = (id: string, isExcluded: boolean): Assignment =>
  id === 'All'
    ? { target: 'all_users', id: null, isExcluded, filter: null }
    : { target: 'other', id, isExcluded, filter: null }
