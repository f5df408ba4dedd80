import { expect, test } from 'vitest'
import { resourceUnits } from './resource-units.ts'

test.each([
  ['groups', '', 1],
  ['groups', '$select=id', 1],
  ['groups', '$expand=members', 2],
  ['groups', '$expand=members&$select=id', 1],
  ['groups/g/members', '', 3],
  ['groups/g/members', '$select=id', 2],
  ['groups/g/members', '$select=id&$top=19', 1],
  ['groups/g/members', '$top=20', 3],
  ['groups/g/transitiveMembers', '', 5],
  ['servicePrincipals/s/appRoleAssignments', '', 2],
  ['applications', '$top=5', 1],
  ['subscribedSkus', '', 3],
])('%s?%s costs its resource units', (path, query, units) => {
  expect(resourceUnits(path, new URLSearchParams(query))).toBe(units)
})
