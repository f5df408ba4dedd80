import { assignmentsPart } from './assignments.ts'
import { knownTags, needsConcreteType, needsName, notInUpdate, sameType } from './checks.ts'
import type { Kind, Properties } from './kind.ts'
import { COMPLIANCE_POLICY_TYPES, madeCompliancePolicy } from './made-up-compliance-policies.ts'
import { CONFIGURATION_READ, CONFIGURATION_WRITE } from './permissions.ts'
import { readRules, scheduledActionsPart } from './scheduled-actions.ts'
import { withoutBeta } from './versions.ts'

const RULES = 'scheduledActionsForRule'

/** Compliance policies; what happens to a device that breaks one is told only to whoever expands it. */
export const deviceCompliancePolicies: Kind = {
  name: 'deviceCompliancePolicies',
  title: 'Compliance policies',
  path: 'deviceManagement/deviceCompliancePolicies',
  versions: ['v1.0', 'beta'],
  dialect: 'intune',
  read: CONFIGURATION_READ,
  pageSize: 1_000,
  largestPage: 1_000,
  entity: 'microsoft.graph.deviceCompliancePolicy',
  named: 'displayName',
  modified: 'lastModifiedDateTime',
  make: madeCompliancePolicy,
  defaults: { description: null, roleScopeTagIds: ['0'] },
  fresh: { version: 0 },
  parts: { assignments: assignmentsPart(12, 'sourced'), [RULES]: scheduledActionsPart },
  show: (object, { version }) => withoutBeta(object, version),
  writes: {
    needs: [CONFIGURATION_WRITE],
    created: 201,
    updates: { PATCH: 204 },
    checks: [
      needsConcreteType(COMPLIANCE_POLICY_TYPES),
      sameType,
      needsName('displayName'),
      knownTags('roleScopeTagIds'),
      ({ deed, body }) => (deed === 'create' ? objectionTo(body, RULES) : null),
      notInUpdate(
        RULES,
        `Cannot apply PATCH to navigation property '${RULES}' on entity type 'microsoft.graph.deviceCompliancePolicy'.`,
      ),
    ],
    assign: { how: 'sourced', path: 'assign', key: 'assignments' },
    actions: { scheduleActionsForRules: (body) => readRules(body.deviceComplianceScheduledActionForRules) },
  },
}

function objectionTo(body: Properties, property: string) {
  const read = readRules(body[property])
  return 'message' in read ? read : null
}
