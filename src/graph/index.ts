export { adminConsentAddress, readConsentAnswer } from './admin-consent.ts'
export {
  newBinding,
  personSignedIn,
  type SignedInPerson,
  type SignInApp,
  signInAddress,
} from './administrator.ts'
export { createGraphClient, type GraphClient } from './client.ts'
export { type CloudName, type CloudProfile, cloudProfile } from './cloud-profile.ts'
export { type ComplianceSummary, readComplianceSummary } from './compliance-summary.ts'
export type { AppCredential } from './credential.ts'
export type { DeltaPage, Removed } from './delta.ts'
export type { GraphFailure, Result } from './failure.ts'
export { findDirectory } from './find-directory.ts'
export { type Group, type GroupKind, groupPages } from './groups.ts'
export {
  asManagedDevice,
  type ComplianceState,
  DEVICE_PROPERTIES,
  type DeviceSystem,
  type ManagedDevice,
  managedDevicePages,
} from './managed-devices.ts'
export { readOrganization } from './organization.ts'
export type { Page } from './pages.ts'
export {
  type PolicyList,
  policiesAlone,
  policyPages,
  policySettings,
  type RawPolicy,
} from './policies.ts'
export { type RoleDefinition, roleDefinitionPages } from './role-definitions.ts'
export { createTokenCache, type TokenCache } from './token-cache.ts'
