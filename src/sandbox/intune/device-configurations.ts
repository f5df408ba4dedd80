import { assignmentsPart } from './assignments.ts'
import { knownTags, needsConcreteType, needsName, noSecretReferences, sameType } from './checks.ts'
import type { Kind } from './kind.ts'
import { DEVICE_CONFIGURATION_TYPES, madeDeviceConfiguration } from './made-up-device-configurations.ts'
import { asShown, keptSettings, plainTextOf } from './oma-settings.ts'
import { CONFIGURATION_READ, CONFIGURATION_WRITE } from './permissions.ts'
import { withoutBeta } from './versions.ts'

/** Device configuration profiles, each of a type of its own; the values of custom ones are encrypted. */
export const deviceConfigurations: Kind = {
  name: 'deviceConfigurations',
  title: 'Device configurations',
  path: 'deviceManagement/deviceConfigurations',
  versions: ['v1.0', 'beta'],
  dialect: 'intune',
  read: CONFIGURATION_READ,
  pageSize: 1_000,
  largestPage: 1_000,
  entity: 'microsoft.graph.deviceConfiguration',
  named: 'displayName',
  modified: 'lastModifiedDateTime',
  make: madeDeviceConfiguration,
  defaults: { description: null, roleScopeTagIds: ['0'], supportsScopeTags: true },
  fresh: { version: 0 },
  parts: { assignments: assignmentsPart(11, 'intended') },
  show: (object, { version }) => withoutBeta(asShown(object, version), version, ['supportsScopeTags']),
  questions: [
    {
      pattern: /^getOmaSettingPlainTextValue\(secretReferenceValueId='([^']+)'\)$/,
      needs: CONFIGURATION_WRITE,
      answer: plainTextOf,
    },
  ],
  writes: {
    needs: [CONFIGURATION_WRITE],
    created: 201,
    updates: { PATCH: 204 },
    checks: [
      needsConcreteType(DEVICE_CONFIGURATION_TYPES),
      sameType,
      needsName('displayName'),
      noSecretReferences,
      knownTags('roleScopeTagIds'),
    ],
    keep: keptSettings,
    assign: { how: 'intended', path: 'assign', key: 'assignments' },
  },
}
