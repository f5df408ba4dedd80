import { z } from 'zod'

/** Whom a policy concerns, or leaves out. */
export interface Assignment {
  readonly target: 'group' | 'role' | 'user' | 'guests' | 'all_devices' | 'all_users' | 'other'
  /** The id of the group, role or user, or what else is targeted, as Microsoft names it. */
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
const guests = z.object({ guestOrExternalUserTypes: z.string() }).nullish().catch(null)
const conditional = z.object({
  conditions: z.object({
    users: z.object({
      includeUsers: members,
      includeGroups: members,
      includeRoles: members,
      includeGuestsOrExternalUsers: guests,
      excludeUsers: members,
      excludeGroups: members,
      excludeRoles: members,
      excludeGuestsOrExternalUsers: guests,
    }),
  }),
})

/** The assignments of a policy as Microsoft gives them: a list of its own, or the users of its conditions. Null for types that have none. */
export function assignmentsOf(raw: unknown): readonly Assignment[] | null {
  const list = assigned.safeParse(raw)
  if (list.success) return list.data.assignments.map((one) => fromTarget(one.target))
  const users = conditional.safeParse(raw)
  if (!users.success) return null
  const { users: of } = users.data.conditions
  return [
    ...fromUsers(of.includeUsers, of.includeGroups, of.includeRoles, of.includeGuestsOrExternalUsers, false),
    ...fromUsers(of.excludeUsers, of.excludeGroups, of.excludeRoles, of.excludeGuestsOrExternalUsers, true),
  ]
}

/** The ids of everything that a policy's assignments name. */
export const idsAssigned = (raw: unknown): string[] =>
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

/** The people of a conditional access policy; `None` stands for nobody. */
function fromUsers(
  users: readonly string[],
  groups: readonly string[],
  roles: readonly string[],
  guestsToo: z.infer<typeof guests>,
  isExcluded: boolean,
): Assignment[] {
  const one = (target: Assignment['target'], id: string | null) => ({ target, id, isExcluded, filter: null })
  return [
    ...users
      .filter((id) => id !== 'None')
      .map((id) => {
        if (id === 'All') return one('all_users', null)
        return id === 'GuestsOrExternalUsers' ? one('guests', null) : one('user', id)
      }),
    ...groups.map((id) => one('group', id)),
    ...roles.map((id) => one('role', id)),
    ...(guestsToo ? [one('guests', null)] : []),
  ]
}
