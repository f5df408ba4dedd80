import { describe, expect, test } from 'vitest'
import { assignmentsOf, idsAssigned } from './assignments.ts'

const none = {
  includeUsers: [],
  includeGroups: [],
  includeRoles: [],
  excludeUsers: [],
  excludeGroups: [],
  excludeRoles: [],
}
const conditional = (users: object) => ({ conditions: { users: { ...none, ...users } } })

describe('the people of a conditional access policy', () => {
  test.each([
    ['all users', { includeUsers: ['All'] }, { target: 'all_users', id: null, isExcluded: false }],
    ['one user', { includeUsers: ['u-1'] }, { target: 'user', id: 'u-1', isExcluded: false }],
    ['guests, by word', { excludeUsers: ['GuestsOrExternalUsers'] }, { target: 'guests', isExcluded: true }],
    [
      'guests, of some kinds',
      { includeGuestsOrExternalUsers: { guestOrExternalUserTypes: 'b2bCollaborationGuest' } },
      { target: 'guests', id: null, isExcluded: false },
    ],
    ['a group', { excludeGroups: ['g-1'] }, { target: 'group', id: 'g-1', isExcluded: true }],
    ['a role', { includeRoles: ['r-1'] }, { target: 'role', id: 'r-1', isExcluded: false }],
  ])('%s', (_what, users, expected) => {
    expect(assignmentsOf(conditional(users))).toEqual([expect.objectContaining(expected)])
  })

  test('nobody is no assignment', () => {
    expect(assignmentsOf(conditional({ includeUsers: ['None'] }))).toEqual([])
  })
})

describe('the assignments of a policy of Intune', () => {
  const aimed = (type: string, more: object = {}) => ({
    assignments: [{ target: { '@odata.type': `#microsoft.graph.${type}`, ...more } }],
  })

  test.each([
    ['groupAssignmentTarget', { groupId: 'g-1' }, { target: 'group', id: 'g-1', isExcluded: false }],
    ['exclusionGroupAssignmentTarget', { groupId: 'g-1' }, { target: 'group', id: 'g-1', isExcluded: true }],
    ['allDevicesAssignmentTarget', {}, { target: 'all_devices', id: null }],
    ['allLicensedUsersAssignmentTarget', {}, { target: 'all_users', id: null }],
    ['somethingNewTarget', {}, { target: 'other', id: 'somethingNewTarget' }],
  ])('%s', (type, more, expected) => {
    expect(assignmentsOf(aimed(type, more))).toEqual([expect.objectContaining(expected)])
  })

  test('a filter narrows one, and is among what it names', () => {
    const policy = aimed('groupAssignmentTarget', {
      groupId: 'g-1',
      deviceAndAppManagementAssignmentFilterId: 'f-1',
      deviceAndAppManagementAssignmentFilterType: 'exclude',
    })
    expect(assignmentsOf(policy)).toMatchObject([{ filter: { id: 'f-1', way: 'exclude' } }])
    expect(idsAssigned(policy)).toEqual(['g-1', 'f-1'])
  })

  test('of types that are never assigned nothing is said', () => {
    expect(assignmentsOf({ displayName: 'Europe' })).toBeNull()
  })
})
