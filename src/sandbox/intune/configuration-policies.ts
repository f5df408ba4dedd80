import { assignmentsPart } from './assignments.ts'
import type { ConfigurationPolicy, TemplateReference } from './beta-types.ts'
import { knownTags, needsArray, needsName, needsWord } from './checks.ts'
import type { Check, Kind, Part, Place, Properties } from './kind.ts'
import { madeSettings } from './made-up-settings.ts'
import { descriptionOf, policyName, scopeTagsOf } from './names.ts'
import { CONFIGURATION_READ, CONFIGURATION_WRITE } from './permissions.ts'
import { madeStamps } from './stamps.ts'

const NO_TEMPLATE: TemplateReference = {
  templateId: '',
  templateFamily: 'none',
  templateDisplayName: null,
  templateDisplayVersion: null,
}

/** Settings of a policy, numbered in their order; twenty-five a page, which is where readers lose the others. */
const settingsPart: Part = {
  make: madeSettings,
  keep: (sent) =>
    Array.isArray(sent) ? sent.map((setting: Properties, index) => ({ ...setting, id: String(index) })) : [],
  pageSize: 25,
  expandedIn: ['object'],
  hasAddress: true,
}

/** `settings` is a navigation property, so only a whole policy can replace it. */
const noPatchOfSettings: Check = ({ body, method }) =>
  method === 'PATCH' && 'settings' in body
    ? {
        code: 'BadRequest',
        message:
          "Cannot apply PATCH to navigation property 'settings' on entity type 'microsoft.management.services.api.deviceManagementConfigurationPolicy'.",
      }
    : null

/** A whole policy brings its settings along. */
const wholeHasSettings: Check = (attempt) =>
  attempt.method === 'PATCH' ? null : needsArray('settings')({ ...attempt, deed: 'create' })

/** The settings catalog. */
export const configurationPolicies: Kind = {
  name: 'configurationPolicies',
  title: 'Settings catalog',
  path: 'deviceManagement/configurationPolicies',
  versions: ['beta'],
  dialect: 'intune',
  read: CONFIGURATION_READ,
  pageSize: 25,
  largestPage: 1_000,
  entity: 'microsoft.graph.deviceManagementConfigurationPolicy',
  named: 'name',
  modified: 'lastModifiedDateTime',
  make: madePolicy,
  defaults: {
    creationSource: null,
    description: null,
    priorityMetaData: null,
    roleScopeTagIds: ['0'],
    templateReference: NO_TEMPLATE,
  },
  parts: { assignments: assignmentsPart(13, 'sourced'), settings: settingsPart },
  derived: (part) => ({ settingCount: part('settings').length, isAssigned: part('assignments').length > 0 }),
  writes: {
    needs: [CONFIGURATION_WRITE],
    created: 201,
    updates: { PUT: 204, PATCH: 204 },
    checks: [
      noPatchOfSettings,
      needsName('name'),
      wholeHasSettings,
      needsWord('platforms', ['none', 'android', 'iOS', 'macOS', 'windows10', 'linux']),
      knownTags('roleScopeTagIds'),
    ],
    assign: { how: 'sourced', path: 'assign', key: 'assignments', refusesUnknownGroups: true },
  },
}

function madePolicy(place: Place, index: number): ConfigurationPolicy {
  const made = POLICIES[index % POLICIES.length] ?? POLICIES[0]
  const { created, modified } = madeStamps(place.seed, index)
  return {
    createdDateTime: created,
    creationSource: null,
    description: descriptionOf(index, made.theme),
    lastModifiedDateTime: modified,
    name: policyName(place, index, POLICIES),
    platforms: made.platforms,
    priorityMetaData: null,
    roleScopeTagIds: scopeTagsOf(place, index),
    technologies: made.technologies ?? 'mdm',
    templateReference: made.template ?? NO_TEMPLATE,
  }
}

const template = (family: TemplateReference['templateFamily'] & string, name: string): TemplateReference => ({
  templateId: `0a1b2c3d-0000-4000-a000-${String(family.length).padStart(12, '0')}_1`,
  templateFamily: family,
  templateDisplayName: name,
  templateDisplayVersion: 'Version 1',
})

interface Made {
  readonly platform: string
  readonly theme: string
  readonly platforms: ConfigurationPolicy['platforms']
  readonly technologies?: string
  readonly template?: TemplateReference
}

const ANTIVIRUS = template('endpointSecurityAntivirus', 'Microsoft Defender Antivirus')
const ENCRYPTION = template('endpointSecurityDiskEncryption', 'BitLocker')

const POLICIES: readonly [Made, ...Made[]] = [
  {
    platform: 'WIN',
    theme: 'Defender Antivirus',
    platforms: 'windows10',
    technologies: 'mdm,microsoftSense',
    template: ANTIVIRUS,
  },
  { platform: 'WIN', theme: 'BitLocker', platforms: 'windows10', template: ENCRYPTION },
  { platform: 'WIN', theme: 'Edge baseline', platforms: 'windows10' },
  { platform: 'WIN', theme: 'OneDrive Known Folder Move', platforms: 'windows10' },
  { platform: 'MAC', theme: 'FileVault', platforms: 'macOS', technologies: 'mdm,appleRemoteManagement' },
  { platform: 'WIN', theme: 'Windows Hello for Business', platforms: 'windows10' },
  { platform: 'WIN', theme: 'Office 365 Datenschutz', platforms: 'windows10' },
  { platform: 'iOS', theme: 'Restrictions', platforms: 'iOS', technologies: 'mdm,appleRemoteManagement' },
  { platform: 'WIN', theme: 'Attack surface reduction', platforms: 'windows10' },
  { platform: 'WIN', theme: 'Firewall rules', platforms: 'windows10' },
]
