import type {
  AndroidWorkProfileCompliancePolicy,
  DeviceCompliancePolicy,
  IosCompliancePolicy,
  MacOSCompliancePolicy,
  Windows10CompliancePolicy,
} from '@microsoft/microsoft-graph-types'
import type { Place } from './kind.ts'
import { mix } from './mix.ts'
import { descriptionOf, policyName, scopeTagsOf, type Theme } from './names.ts'
import { madeStamps } from './stamps.ts'

interface Made extends Theme {
  readonly type: string
  readonly settings: (index: number) => object
}

/** Compliance policy `index` as it was made. */
export function madeCompliancePolicy(place: Place, index: number): object {
  const made = POLICIES[index % POLICIES.length]
  if (!made) return {}
  const { created, modified } = madeStamps(place.seed, index)
  const base: DeviceCompliancePolicy & { roleScopeTagIds: string[] } = {
    createdDateTime: created,
    lastModifiedDateTime: modified,
    description: descriptionOf(index, made.theme),
    displayName: policyName(place, index, POLICIES),
    roleScopeTagIds: scopeTagsOf(place, index),
    version: 1 + (mix(place.seed, index, 4) % 9),
  }
  return { '@odata.type': `#microsoft.graph.${made.type}`, ...base, ...made.settings(index) }
}

const windows = (index: number): Windows10CompliancePolicy => ({
  bitLockerEnabled: true,
  codeIntegrityEnabled: index % 2 === 0,
  osMinimumVersion: '10.0.22631.4460',
  passwordMinimumLength: 8 + (index % 5),
  passwordRequired: true,
  passwordRequiredType: 'alphanumeric',
  secureBootEnabled: true,
  storageRequireEncryption: true,
})
const iPhone = (index: number): IosCompliancePolicy => ({
  osMinimumVersion: `17.${index % 8}`,
  passcodeMinimumLength: 6,
  passcodeRequired: true,
  securityBlockJailbrokenDevices: true,
})
const mac = (): MacOSCompliancePolicy => ({
  firewallEnabled: true,
  osMinimumVersion: '14.6',
  passwordRequired: true,
  storageRequireEncryption: true,
  systemIntegrityProtectionEnabled: true,
})
const android = (): AndroidWorkProfileCompliancePolicy => ({
  minAndroidSecurityPatchLevel: '2026-06-01',
  passwordMinimumLength: 6,
  passwordRequired: true,
  securityBlockJailbrokenDevices: true,
})

const POLICIES: readonly Made[] = [
  { platform: 'WIN', theme: 'Compliance baseline', type: 'windows10CompliancePolicy', settings: windows },
  { platform: 'iOS', theme: 'Compliance baseline', type: 'iosCompliancePolicy', settings: iPhone },
  { platform: 'WIN', theme: 'Encryption required', type: 'windows10CompliancePolicy', settings: windows },
  { platform: 'MAC', theme: 'Compliance baseline', type: 'macOSCompliancePolicy', settings: mac },
  {
    platform: 'AND',
    theme: 'Compliance baseline',
    type: 'androidWorkProfileCompliancePolicy',
    settings: android,
  },
]

/** The types this sandbox lets somebody create. */
export const COMPLIANCE_POLICY_TYPES: readonly string[] = [...new Set(POLICIES.map(({ type }) => type))]
