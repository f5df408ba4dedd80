import type { ConditionalAccessPolicy } from '@microsoft/microsoft-graph-types'
import { groupIdOf } from '../made-up-groups.ts'
import { DIRECTORY_ROLES } from '../people.ts'
import { conditionalAccessChecks } from './conditional-access-checks.ts'
import type { Kind, Place } from './kind.ts'
import { mix } from './mix.ts'
import { policyName } from './names.ts'
import { madeStamps } from './stamps.ts'

/** Conditional access policies: of the directory, not of Intune, with their targets inside. */
export const conditionalAccessPolicies: Kind = {
  name: 'conditionalAccessPolicies',
  title: 'Conditional access',
  path: 'identity/conditionalAccess/policies',
  versions: ['v1.0', 'beta'],
  dialect: 'conditional_access',
  read: ['Policy.Read.All', 'Policy.Read.ConditionalAccess'],
  pageSize: 100,
  largestPage: 999,
  entity: 'microsoft.graph.conditionalAccessPolicy',
  named: 'displayName',
  modified: 'modifiedDateTime',
  make: madePolicy,
  defaults: { description: null, grantControls: null, sessionControls: null, templateId: null },
  writes: {
    needs: [['Policy.Read.All'], ['Policy.ReadWrite.ConditionalAccess']],
    created: 201,
    updates: { PATCH: 204 },
    checks: conditionalAccessChecks,
  },
}

function madePolicy(place: Place, index: number): ConditionalAccessPolicy {
  const { created, modified } = madeStamps(place.seed, index)
  const number = mix(place.seed, index, 9)
  const group = (more: number) => groupIdOf(place.id, mix(number, more) % Math.max(1, place.groups))
  const theme = POLICIES[index % POLICIES.length]
  return {
    createdDateTime: created,
    description: null,
    displayName: policyName(place, index, POLICIES),
    modifiedDateTime: index % 3 === 0 ? null : modified,
    state: STATES[index % STATES.length] ?? 'enabled',
    templateId: null,
    conditions: {
      applications: {
        excludeApplications: [],
        includeApplications: ['All'],
        includeAuthenticationContextClassReferences: [],
        includeUserActions: [],
      },
      clientAppTypes: theme?.isLegacy ? ['exchangeActiveSync', 'other'] : ['all'],
      servicePrincipalRiskLevels: [],
      signInRiskLevels: [],
      userRiskLevels: [],
      users: {
        excludeGroups: place.groups > 0 ? [group(1)] : [],
        excludeRoles: [],
        excludeUsers: [],
        includeGroups: theme?.isForGroup && place.groups > 0 ? [group(2)] : [],
        includeRoles: theme?.isForAdmins ? [DIRECTORY_ROLES['Global Administrator']] : [],
        includeUsers: theme?.isForGroup || theme?.isForAdmins ? [] : ['All'],
      },
    },
    grantControls: {
      builtInControls: theme?.isLegacy ? ['block'] : ['mfa'],
      customAuthenticationFactors: [],
      operator: 'OR',
      termsOfUse: [],
    },
    sessionControls: null,
  }
}

const STATES = ['enabled', 'enabled', 'enabledForReportingButNotEnforced', 'enabled', 'disabled'] as const

interface Made {
  readonly platform: string
  readonly theme: string
  readonly isLegacy?: true
  readonly isForAdmins?: true
  readonly isForGroup?: true
}

const POLICIES: readonly Made[] = [
  { platform: 'CA', theme: 'Require MFA for administrators', isForAdmins: true },
  { platform: 'CA', theme: 'Block legacy authentication', isLegacy: true },
  { platform: 'CA', theme: 'Require MFA for all users' },
  { platform: 'CA', theme: 'MFA für Gäste', isForGroup: true },
  { platform: 'CA', theme: 'Require MFA for Azure management' },
]
