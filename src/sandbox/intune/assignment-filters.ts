import { type AssignmentFilter, FILTER_PLATFORMS } from './beta-types.ts'
import { knownTags, needsName, needsWord, notInUpdate } from './checks.ts'
import type { Kind, Place } from './kind.ts'
import { pick } from './mix.ts'
import { policyName } from './names.ts'
import { CONFIGURATION_READ, CONFIGURATION_WRITE } from './permissions.ts'
import { madeStamps } from './stamps.ts'

/** Filters that narrow assignments; their scope tags have a name of their own. */
export const assignmentFilters: Kind = {
  name: 'assignmentFilters',
  title: 'Assignment filters',
  path: 'deviceManagement/assignmentFilters',
  versions: ['beta'],
  dialect: 'intune',
  read: CONFIGURATION_READ,
  pageSize: 1_000,
  largestPage: 1_000,
  entity: 'microsoft.graph.deviceAndAppManagementAssignmentFilter',
  named: 'displayName',
  modified: 'lastModifiedDateTime',
  make: madeFilter,
  defaults: {
    assignmentFilterManagementType: 'devices',
    description: null,
    payloads: [],
    roleScopeTags: ['0'],
  },
  writes: {
    needs: [CONFIGURATION_WRITE],
    created: 201,
    updates: { PATCH: 200 },
    checks: [
      notInUpdate('platform', 'The platform of an assignment filter cannot be changed.'),
      needsName('displayName'),
      needsName('rule', 3_072),
      needsWord('platform', FILTER_PLATFORMS),
      knownTags('roleScopeTags'),
    ],
  },
}

function madeFilter(place: Place, index: number): AssignmentFilter {
  const { created, modified } = madeStamps(place.seed, index)
  return {
    assignmentFilterManagementType: 'devices',
    createdDateTime: created,
    description: index % 2 === 0 ? 'Used by the managed baseline.' : null,
    displayName: policyName(place, index, FILTERS),
    lastModifiedDateTime: modified,
    payloads: [],
    platform: pick(FILTER_PLATFORMS, index),
    roleScopeTags: ['0'],
    rule: `(device.deviceOwnership -eq "${index % 3 === 0 ? 'Personal' : 'Corporate'}") and (device.model -ne "Demo ${index}")`,
  }
}

const FILTERS = [
  { platform: 'WIN', theme: 'Corporate devices' },
  { platform: 'iOS', theme: 'Supervised devices' },
  { platform: 'MAC', theme: 'Leihgeräte' },
]
