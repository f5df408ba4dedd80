import type { IosMobileAppConfiguration } from '@microsoft/microsoft-graph-types'
import { guidOf } from '../guid.ts'
import { assignmentsPart } from './assignments.ts'
import { knownTags, needsArray, needsConcreteType, needsName, sameType } from './checks.ts'
import type { Kind, Place } from './kind.ts'
import { mix } from './mix.ts'
import { descriptionOf, policyName, scopeTagsOf } from './names.ts'
import { madeStamps } from './stamps.ts'
import { withoutBeta } from './versions.ts'

/** App configuration policies for managed devices. */
export const mobileAppConfigurations: Kind = {
  name: 'mobileAppConfigurations',
  title: 'App configurations',
  path: 'deviceAppManagement/mobileAppConfigurations',
  versions: ['v1.0', 'beta'],
  dialect: 'intune',
  read: ['DeviceManagementApps.Read.All', 'DeviceManagementApps.ReadWrite.All'],
  pageSize: 1_000,
  largestPage: 1_000,
  entity: 'microsoft.graph.managedDeviceMobileAppConfiguration',
  named: 'displayName',
  modified: 'lastModifiedDateTime',
  make: madeConfiguration,
  defaults: { description: null, roleScopeTagIds: ['0'] },
  fresh: { version: 0 },
  parts: { assignments: assignmentsPart(15, 'target') },
  show: (object, { version }) => withoutBeta(object, version),
  writes: {
    needs: [['DeviceManagementApps.ReadWrite.All']],
    created: 201,
    updates: { PATCH: 204 },
    checks: [
      needsConcreteType(['iosMobileAppConfiguration', 'androidManagedStoreAppConfiguration']),
      sameType,
      needsName('displayName'),
      needsArray('targetedMobileApps'),
      knownTags('roleScopeTagIds'),
    ],
    assign: {
      how: 'target',
      path: 'microsoft.graph.managedDeviceMobileAppConfiguration/assign',
      key: 'assignments',
    },
  },
}

function madeConfiguration(place: Place, index: number): object {
  const { created, modified } = madeStamps(place.seed, index)
  const { platform, theme } = APPS[index % APPS.length] ?? APPS[0]
  const base: IosMobileAppConfiguration & { roleScopeTagIds: string[] } = {
    createdDateTime: created,
    description: descriptionOf(index, theme),
    displayName: policyName(place, index, APPS),
    lastModifiedDateTime: modified,
    roleScopeTagIds: scopeTagsOf(place, index),
    targetedMobileApps: [guidOf('app', place.id, theme)],
    version: 1 + (mix(place.seed, index, 8) % 5),
  }
  return platform === 'iOS'
    ? { ...IOS, ...base, ...iosSettings() }
    : { ...ANDROID, ...base, ...androidSettings() }
}

const IOS = { '@odata.type': '#microsoft.graph.iosMobileAppConfiguration' }
const ANDROID = { '@odata.type': '#microsoft.graph.androidManagedStoreAppConfiguration' }

const iosSettings = (): IosMobileAppConfiguration => ({
  encodedSettingXml: null,
  settings: [
    {
      appConfigKey: 'IntuneMAMUPN',
      appConfigKeyType: 'stringType',
      appConfigKeyValue: '{{userprincipalname}}',
    },
    { appConfigKey: 'AllowBiometrics', appConfigKeyType: 'booleanType', appConfigKeyValue: 'true' },
  ],
})

/** As beta has it; the types of version 1.0 do not know this one. */
const androidSettings = () => ({
  packageId: 'app:com.microsoft.office.outlook',
  payloadJson: Buffer.from('{"kind":"androidenterprise#managedConfiguration"}').toString('base64'),
  permissionActions: [],
  profileApplicability: 'androidWorkProfile',
})

const APPS = [
  { platform: 'iOS', theme: 'Outlook' },
  { platform: 'AND', theme: 'Outlook' },
  { platform: 'iOS', theme: 'Edge' },
  { platform: 'iOS', theme: 'Teams' },
] as const
