import type { Db } from '../../src/database/index.ts'
import { everyGroup, type WithGroups } from '../../src/sandbox/groups.ts'

/** The groups of a tenant that we show as present, in the order of their ids. */
export const presentGroups = (db: Db, tenantId: number) =>
  db
    .selectFrom('directory_groups')
    .select(['group_id as id', 'display_name as displayName', 'mail', 'kind', 'membership_rule as rule'])
    .where('tenant_id', '=', tenantId)
    .where('gone_since', 'is', null)
    .orderBy('group_id')
    .execute()

/** What the sandbox has, as we have to show it. */
export const trueGroups = (directory: WithGroups) =>
  everyGroup(directory)
    .map(({ displayName, groupTypes = [], id, mail, mailEnabled, membershipRule, securityEnabled }) => ({
      id,
      displayName,
      mail,
      kind: groupTypes.includes('Unified')
        ? 'microsoft_365'
        : mailEnabled
          ? securityEnabled
            ? 'mail_enabled_security'
            : 'distribution'
          : 'security',
      rule: groupTypes.includes('DynamicMembership') ? membershipRule : null,
    }))
    .sort((a, b) => ((a.id ?? '') < (b.id ?? '') ? -1 : 1))
