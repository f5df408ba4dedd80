import type {
  DeviceComplianceActionItem,
  DeviceComplianceScheduledActionForRule,
} from '@microsoft/microsoft-graph-types'
import { guidOf } from '../guid.ts'
import type { Objection, Part, PartChange } from './kind.ts'

/** What happens to a device that breaks a compliance policy; told only where it is expanded, and never at an address. */
export const scheduledActionsPart: Part = {
  make: (_, index, id) => [madeRule(id, index)],
  keep: (sent) => {
    const read = readRules(sent)
    return 'items' in read ? read.items : []
  },
  pageSize: 1_000,
  expandedIn: ['list', 'object'],
  hasAddress: false,
  inner: 'scheduledActionConfigurations',
}

/** Every policy blocks; every third sends a notification before. */
function madeRule(policyId: string, index: number): DeviceComplianceScheduledActionForRule {
  const notifies: DeviceComplianceActionItem = {
    id: guidOf('notify', policyId),
    actionType: 'notification',
    gracePeriodHours: 0,
    notificationTemplateId: guidOf('template', policyId),
    notificationMessageCCList: [],
  }
  const blocks: DeviceComplianceActionItem = {
    id: guidOf('block', policyId),
    actionType: 'block',
    gracePeriodHours: (index % 3) * 24,
    notificationTemplateId: '',
    notificationMessageCCList: [],
  }
  return {
    id: guidOf('rule', policyId),
    ruleName: 'PasswordRequired',
    scheduledActionConfigurations: index % 3 === 0 ? [notifies, blocks] : [blocks],
  }
}

const ONE_BLOCK: Objection = {
  code: 'BadRequest',
  message: 'Compliance policy must have one and only one block scheduled action',
}

/** The rules somebody sends, with ids of their own; Intune wants exactly one action that blocks. */
export function readRules(sent: unknown): PartChange | Objection {
  const rules: readonly DeviceComplianceScheduledActionForRule[] = Array.isArray(sent) ? sent : []
  const actions = rules.flatMap((rule) => rule.scheduledActionConfigurations ?? [])
  if (actions.filter(({ actionType }) => actionType === 'block').length !== 1) return ONE_BLOCK
  const items = rules.map((rule, number) => ({
    ...rule,
    id: guidOf('rule', JSON.stringify(rule), number),
    scheduledActionConfigurations: (rule.scheduledActionConfigurations ?? []).map((action, place) => ({
      ...action,
      id: guidOf('action', JSON.stringify(rule), number, place),
    })),
  }))
  return { part: 'scheduledActionsForRule', items }
}
