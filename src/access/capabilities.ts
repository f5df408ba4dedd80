/** What a person may do. Code asks for capabilities, never for role names. */
export const CAPABILITIES = [
  'workspace.view',
  'tenant.view',
  'tenant.operations.view',
  'tenant.providers.view',
  'tenant.directory.view',
  'tenant.inventory.view',
  'tenant.compliance.view',
  'tenant.backups.view',
  'tenant.restore.view',
  'tenant.providers.run_ops',
  'tenant.inventory.sync',
  'tenant.directory.sync',
  'tenant.operations.cancel',
  'tenant.providers.manage',
  'tenant.backups.manage',
  'tenant.restore.execute',
  'workspace.onboarding.manage',
  'tenant.schedules.manage',
  'workspace.fleet.start',
  'tenant.operations.diagnose',
  'workspace.audit.view',
  'workspace.members.manage',
  'workspace.settings.manage',
  'tenant.credentials.rotate',
  'workspace.controls.manage',
  'tenant.operations.force_release',
] as const
export type Capability = (typeof CAPABILITIES)[number]

/** The four roles, from the least to the most. */
export const ROLES = ['readonly', 'operator', 'manager', 'owner'] as const
export type Role = (typeof ROLES)[number]

const OPERATOR_MORE: readonly Capability[] = [
  'tenant.providers.run_ops',
  'tenant.inventory.sync',
  'tenant.directory.sync',
  'tenant.operations.cancel',
]
const MANAGER_MORE: readonly Capability[] = [
  'tenant.providers.manage',
  'tenant.backups.manage',
  'tenant.restore.execute',
  'workspace.onboarding.manage',
  'tenant.schedules.manage',
  'workspace.fleet.start',
  'tenant.operations.diagnose',
  'workspace.audit.view',
]
const READONLY = CAPABILITIES.filter(
  (capability) => capability.endsWith('.view') && !MANAGER_MORE.includes(capability),
)

const OF_ROLE: Readonly<Record<Role, ReadonlySet<Capability>>> = {
  readonly: new Set(READONLY),
  operator: new Set([...READONLY, ...OPERATOR_MORE]),
  manager: new Set([...READONLY, ...OPERATOR_MORE, ...MANAGER_MORE]),
  owner: new Set(CAPABILITIES),
}

/** Whether a role carries a capability. */
export const roleMay = (role: Role, capability: Capability): boolean => OF_ROLE[role].has(capability)

/** The roles that carry a capability, from the least to the most. */
export const rolesWith = (capability: Capability): Role[] => ROLES.filter((role) => roleMay(role, capability))
