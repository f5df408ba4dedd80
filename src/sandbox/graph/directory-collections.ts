import type { Organization, UnifiedRoleDefinition } from '@microsoft/microsoft-graph-types'
import type { LiveDirectory, SandboxRole } from '../directory.ts'
import { findGroup, groupsBetween } from '../groups.ts'
import { guidOf } from '../guid.ts'
import { type Collection, type Items, listed } from './collection.ts'
import { answerCreateGroup } from './create-group.ts'

const GROUPS = {
  versions: ['v1.0', 'beta'],
  dialect: 'directory',
  acceptable: ['Group.Read.All', 'Group.ReadWrite.All', 'Directory.Read.All', 'Directory.ReadWrite.All'],
  pageSize: ({ faults }: LiveDirectory) => faults.groupsPageSize ?? 100,
  items: (directory: LiveDirectory): Items => ({
    read: (from, most) => ({
      items: groupsBetween(directory, from, from + most),
      next: from + most < directory.groups.count ? from + most : null,
    }),
  }),
  item: findGroup,
} as const

/** What the directory itself offers. */
export const DIRECTORY_COLLECTIONS: readonly Collection[] = [
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
    items: (directory) => listed([organizationOf(directory)]),
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
    items: (directory) => listed(directory.roleDefinitions.map(roleDefinitionOf)),
  },
  { ...GROUPS, path: 'groups/delta', isDelta: true },
  {
    ...GROUPS,
    path: 'groups',
    deeds: [
      {
        method: 'POST',
        at: 'list',
        needs: [['Group.ReadWrite.All', 'Directory.ReadWrite.All']],
        answer: answerCreateGroup,
      },
    ],
  },
]

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
  mobileDeviceManagementAuthority: directory.faults.notLicensed ? 'unknown' : 'intune',
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
