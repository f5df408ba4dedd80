/** The kinds of policies that are read, kept and restored, in the order in which they are read. */
export const POLICY_TYPES = [
  'scope_tags',
  'assignment_filters',
  'device_configurations',
  'compliance_policies',
  'settings_catalog',
  'scripts',
  'app_configurations',
  'conditional_access',
] as const
export type PolicyType = (typeof POLICY_TYPES)[number]
