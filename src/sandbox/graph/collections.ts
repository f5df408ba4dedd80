import type { Organization, UnifiedRoleDefinition } from '@microsoft/microsoft-graph-types'
import type { LiveDirectory, SandboxRole } from '../directory.ts'
import { findGroup, groupsBetween } from '../groups.ts'
import { guidOf } from '../guid.ts'
import type { Dialect, GraphAnswer, GraphRequest } from './answers.ts'
import { answerCreateGroup } from './create-group.ts'

/** A collection Graph offers, who may read it, and which service answers. */
export interface Collection {
  readonly path: string
  readonly versions: readonly string[]
  readonly dialect: Dialect
  /** Any of these permissions will do. */
  readonly acceptable: readonly string[]
  readonly pageSize: (directory: LiveDirectory) => number
  readonly items: (directory: LiveDirectory) => Items
  /** One item; looked for among all of them where nothing faster is known. */
  readonly item?: (directory: LiveDirectory, id: string) => Item | null
  /** Answered with changes after the first time. */
  readonly isDelta?: true
  readonly create?: {
    readonly acceptable: readonly string[]
    readonly answer: (request: GraphRequest, directory: LiveDirectory) => GraphAnswer
  }
}

type Item = { readonly id?: string }

/** The items of a collection, not necessarily all at once. */
export interface Items {
  readonly length: number
  slice(from: number, to?: number): readonly Item[]
}

const GROUPS = {
  versions: ['v1.0', 'beta'],
  dialect: 'directory',
  acceptable: ['Group.Read.All', 'Group.ReadWrite.All', 'Directory.Read.All', 'Directory.ReadWrite.All'],
  pageSize: ({ faults }: LiveDirectory) => faults.groupsPageSize ?? 100,
  items: (directory: LiveDirectory): Items => ({
    length: directory.groups.count,
    slice: (from, to = directory.groups.count) => groupsBetween(directory, from, to),
  }),
  item: findGroup,
} as const

/** Everything this Graph knows. */
const COLLECTIONS: readonly Collection[] = [
  {
    path: 'organization',
    versions: ['v1.0', 'beta'],
    dialect: 'directory',
    acceptable: [
      'Organization.Read.All',
      'Directory.Read.All',
      'DeviceManagementConfiguration.Read.All',
      'DeviceManagementConfiguration.ReadWrite.All',
      'DeviceManagementServiceConfig.Read.All',
      'User.Read.All',
    ],
    pageSize: () => 100,
    items: (directory) => [organizationOf(directory)],
  },
  {
    path: 'roleManagement/directory/roleDefinitions',
    versions: ['v1.0', 'beta'],
    dialect: 'directory',
    acceptable: [
      'RoleManagement.Read.Directory',
      'RoleManagement.Read.All',
      'RoleManagement.ReadWrite.Directory',
      'Directory.Read.All',
    ],
    pageSize: ({ faults }) => faults.roleDefinitionsPageSize ?? 100,
    items: (directory) => directory.roleDefinitions.map(roleDefinitionOf),
  },
  { ...GROUPS, path: 'groups/delta', isDelta: true },
  {
    ...GROUPS,
    path: 'groups',
    create: { acceptable: ['Group.ReadWrite.All', 'Directory.ReadWrite.All'], answer: answerCreateGroup },
  },
  intuneCollection('deviceManagement/deviceConfigurations', 'intune', 'DeviceManagementConfiguration', [
    'v1.0',
    'beta',
  ]),
  intuneCollection('deviceManagement/configurationPolicies', 'intune', 'DeviceManagementConfiguration', [
    'beta',
  ]),
  intuneCollection('deviceManagement/managedDevices', 'device', 'DeviceManagementManagedDevices', [
    'v1.0',
    'beta',
  ]),
]

/** The collection a path names, with the id that follows it if there is one; null for a path Graph does not know. */
export function findCollection(
  version: string,
  path: string,
): { collection: Collection; id: string | null } | null {
  for (const collection of COLLECTIONS) {
    if (!collection.versions.includes(version)) continue
    if (path === collection.path) return { collection, id: null }
    const id = path.startsWith(`${collection.path}/`) ? path.slice(collection.path.length + 1) : ''
    if (id !== '' && !id.includes('/')) return { collection, id }
  }
  return null
}

/** The first segment of a path that leads nowhere. */
export function unknownSegment({ path, version }: Pick<GraphRequest, 'path' | 'version'>): string {
  const known = COLLECTIONS.filter(({ versions }) => versions.includes(version)).map((one) =>
    one.path.split('/'),
  )
  const segments = path.split('/')
  const depth = segments.findIndex(
    (_, end) => !known.some((way) => startsWith(way, segments.slice(0, end + 1))),
  )
  return segments[depth === -1 ? segments.length - 1 : depth] ?? ''
}

const startsWith = (way: readonly string[], segments: readonly string[]): boolean =>
  segments.every((segment, index) => way[index] === segment)

/** Intune's collections are empty here. */
function intuneCollection(
  path: string,
  dialect: Dialect,
  area: string,
  versions: readonly string[],
): Collection {
  return {
    path,
    versions,
    dialect,
    acceptable: [`${area}.Read.All`, `${area}.ReadWrite.All`],
    pageSize: () => 1000,
    items: () => [],
  }
}

const organizationOf = (directory: LiveDirectory): Organization => ({
  id: directory.id,
  deletedDateTime: null,
  businessPhones: [],
  city: null,
  country: null,
  countryLetterCode: 'DE',
  createdDateTime: '2019-03-04T08:15:30Z',
  defaultUsageLocation: 'DE',
  displayName: directory.displayName,
  marketingNotificationEmails: [],
  mobileDeviceManagementAuthority: 'intune',
  onPremisesSyncEnabled: null,
  preferredLanguage: 'en',
  technicalNotificationMails: [`admin@${directory.domain}`],
  tenantType: 'AAD',
  assignedPlans: directory.faults.notLicensed
    ? []
    : [
        {
          assignedDateTime: '2024-01-08T09:00:00Z',
          capabilityStatus: 'Enabled',
          service: 'SCO',
          servicePlanId: 'c1ec4a95-1f05-45b3-a911-aa3fa01094f5',
        },
      ],
  verifiedDomains: [
    {
      capabilities: 'Email, OfficeCommunicationsOnline',
      isDefault: true,
      isInitial: false,
      name: directory.domain,
      type: 'Managed',
    },
    {
      capabilities: 'Email, OfficeCommunicationsOnline',
      isDefault: false,
      isInitial: true,
      name: `${directory.domain.split('.')[0]}${guidOf(directory.id).slice(0, 4)}.onmicrosoft.com`,
      type: 'Managed',
    },
  ],
})

const roleDefinitionOf = (role: SandboxRole): UnifiedRoleDefinition => ({
  id: role.id,
  description: role.description,
  displayName: role.displayName,
  isBuiltIn: role.isBuiltIn,
  isEnabled: role.isEnabled,
  resourceScopes: ['/'],
  templateId: role.id,
  version: role.isBuiltIn ? '1' : null,
  rolePermissions: [{ allowedResourceActions: role.allowedResourceActions, condition: null }],
})
