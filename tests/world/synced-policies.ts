import type { Db } from '../../src/database/index.ts'
import { POLICY_TYPES, type PolicyType } from '../../src/engine/catalog/index.ts'
import type { LiveDirectory } from '../../src/sandbox/directory.ts'
import type { KindName } from '../../src/sandbox/intune/kind.ts'
import { partOf, truthOf } from '../../src/sandbox/intune/truth.ts'

/** What the sandbox calls each type of policy. */
export const KIND_OF: Readonly<Record<PolicyType, KindName>> = {
  scope_tags: 'roleScopeTags',
  assignment_filters: 'assignmentFilters',
  device_configurations: 'deviceConfigurations',
  compliance_policies: 'deviceCompliancePolicies',
  settings_catalog: 'configurationPolicies',
  scripts: 'deviceManagementScripts',
  app_configurations: 'mobileAppConfigurations',
  conditional_access: 'conditionalAccessPolicies',
}

/** A policy as both sides can tell it: its name, whom it is assigned to, and what it sets. */
export interface ToldPolicy {
  readonly type: PolicyType
  readonly id: string
  readonly name: string
  readonly description: string | null
  readonly groups: readonly string[]
  readonly settings: readonly unknown[] | null
}

/** Every policy that a tenant's inventory shows as present. */
export async function presentPolicies(db: Db, tenantId: number): Promise<ToldPolicy[]> {
  const rows = await db
    .selectFrom('inventory_items')
    .select(['type', 'policy_id', 'display_name', 'description', 'raw', 'settings'])
    .where('tenant_id', '=', tenantId)
    .where('gone_since', 'is', null)
    .execute()
  return inOrder(
    rows.map(({ description, display_name, policy_id, raw, settings, type }) => ({
      type: type as PolicyType,
      id: policy_id,
      name: display_name,
      description,
      groups: groupsIn((raw as { assignments?: unknown }).assignments),
      settings: settings as unknown[] | null,
    })),
  )
}

/** Every policy that a directory of the sandbox has, of these types. */
export const truePolicies = (
  directory: LiveDirectory,
  types: readonly PolicyType[] = POLICY_TYPES,
): ToldPolicy[] =>
  inOrder(
    types.flatMap((type) =>
      truthOf(directory, KIND_OF[type]).map((object) => ({
        type,
        id: object.id,
        name: String(object.displayName ?? object.name),
        description: (object.description as string | null | undefined) || null,
        groups: HAS_ASSIGNMENTS.has(type)
          ? groupsIn(partOf(directory, KIND_OF[type], object.id, 'assignments'))
          : [],
        settings:
          type === 'settings_catalog' ? partOf(directory, KIND_OF[type], object.id, 'settings') : null,
      })),
    ),
  )

const HAS_ASSIGNMENTS: ReadonlySet<PolicyType> = new Set([
  'device_configurations',
  'compliance_policies',
  'settings_catalog',
  'scripts',
  'app_configurations',
])

const groupsIn = (assignments: unknown): string[] =>
  [...JSON.stringify(assignments ?? []).matchAll(/"groupId":"([^"]+)"/g)].map(([, id]) => id ?? '').sort()

const inOrder = (policies: ToldPolicy[]) =>
  policies.sort((a, b) => (`${a.type}.${a.id}` < `${b.type}.${b.id}` ? -1 : 1))
