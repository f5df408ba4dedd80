import type { SandboxRole } from './directory.ts'
import { guidOf } from './guid.ts'

/** The first `count` roles of a directory: Microsoft's own, then custom ones made from its id. */
export const makeRoles = (directoryId: string, count: number): SandboxRole[] =>
  Array.from({ length: count }, (_, index) => {
    const builtIn = BUILT_IN[index]
    return builtIn ? builtInRole(builtIn) : customRole(directoryId, index - BUILT_IN.length)
  })

const builtInRole = ([id, displayName, description, action]: BuiltIn): SandboxRole => ({
  id,
  displayName,
  description,
  isBuiltIn: true,
  isEnabled: true,
  allowedResourceActions: [`microsoft.directory/${action}`],
})

function customRole(directoryId: string, index: number): SandboxRole {
  const area = AREAS[index % AREAS.length]
  const duty = DUTIES[Math.floor(index / AREAS.length) % DUTIES.length]
  const round = Math.floor(index / (AREAS.length * DUTIES.length))
  const displayName = `${area} ${duty}${round === 0 ? '' : ` ${round + 1}`}`
  return {
    id: guidOf('role', directoryId, index),
    displayName,
    description: index % 5 === 4 ? null : `Custom role of the ${area} team.`,
    isBuiltIn: false,
    isEnabled: index % 9 !== 8,
    allowedResourceActions: ['microsoft.directory/applications/standard/read'],
  }
}

const AREAS = [
  'Helpdesk',
  'Workplace',
  'Identity',
  'Finance',
  'Production',
  'Branch office',
  'Logistics',
  'Audit',
]
const DUTIES = ['operator', 'reader', 'approver', 'device manager', 'group manager', 'app owner', 'on-call']

type BuiltIn = readonly [id: string, displayName: string, description: string, action: string]

const BUILT_IN: readonly BuiltIn[] = [
  [
    'f2ef992c-3afb-46b9-b7cf-a126ee74c451',
    'Global Reader',
    'Can read everything that a Global Administrator can, but not update anything.',
    'allEntities/standard/read',
  ],
  [
    '3a2c62db-5318-420d-8d74-23affee5d9d5',
    'Intune Administrator',
    'Can manage all aspects of the Intune product.',
    'devices/basic/update',
  ],
  [
    '62e90394-69f5-4237-9190-012177145e10',
    'Global Administrator',
    'Can manage all aspects of Microsoft Entra ID and Microsoft services that use Microsoft Entra identities.',
    'allEntities/allTasks',
  ],
  [
    'fe930be7-5e62-47db-91af-98c3a49a38b1',
    'User Administrator',
    'Can manage all aspects of users and groups, including resetting passwords for limited admins.',
    'users/create',
  ],
  [
    '194ae4cb-b126-40b2-bd5b-6091b380977d',
    'Security Administrator',
    'Can read security information and reports, and manage configuration in Microsoft Entra ID and Office 365.',
    'conditionalAccessPolicies/create',
  ],
  [
    '5d6b6bb7-de71-4623-b4af-96380a352509',
    'Security Reader',
    'Can read security information and reports in Microsoft Entra ID and Office 365.',
    'conditionalAccessPolicies/standard/read',
  ],
  [
    '9b895d92-2cd3-44c7-9d02-a6ac2d5ea5c3',
    'Application Administrator',
    'Can create and manage all aspects of app registrations and enterprise apps.',
    'applications/create',
  ],
  [
    '158c047a-c907-4556-b7ef-446551a6b5f7',
    'Cloud Application Administrator',
    'Can create and manage all aspects of app registrations and enterprise apps except App Proxy.',
    'applications/create',
  ],
  [
    'b1be1c3e-b65d-4f19-8427-f6fa0d97feb9',
    'Conditional Access Administrator',
    'Can manage Conditional Access capabilities.',
    'conditionalAccessPolicies/create',
  ],
  [
    '729827e3-9c14-49f7-bb1b-9608f156bbb8',
    'Helpdesk Administrator',
    'Can reset passwords for non-administrators and Helpdesk Administrators.',
    'users/password/update',
  ],
  [
    'e8611ab8-c189-46e8-94e1-60213ab1f814',
    'Privileged Role Administrator',
    'Can manage role assignments in Microsoft Entra ID, and all aspects of Privileged Identity Management.',
    'roleAssignments/allProperties/allTasks',
  ],
  [
    '29232cdf-9323-42fd-ade2-1d097af3e4de',
    'Exchange Administrator',
    'Can manage all aspects of the Exchange product.',
    'groups.unified/create',
  ],
  [
    'f28a1f50-f6e7-4571-818b-6a12f2af6b6c',
    'SharePoint Administrator',
    'Can manage all aspects of the SharePoint service.',
    'groups.unified/create',
  ],
  [
    '69091246-20e8-4a56-aa4d-066075b2a7a8',
    'Teams Administrator',
    'Can manage the Microsoft Teams service.',
    'groups.unified/create',
  ],
  [
    '17315797-102d-40b4-93e0-432062caca18',
    'Compliance Administrator',
    'Can read and manage compliance configuration and reports in Microsoft Entra ID and Microsoft 365.',
    'entitlementManagement/allProperties/read',
  ],
  [
    '88d8e3e3-8f55-4a1e-953a-9b9898b8876b',
    'Directory Readers',
    'Can read basic directory information. Commonly used to grant directory read access to applications and guests.',
    'users/standard/read',
  ],
  [
    'b0f54661-2d74-4c50-afa3-1ec803f12efe',
    'Billing Administrator',
    'Can perform common billing related tasks like updating payment information.',
    'organization/basic/update',
  ],
  [
    'fdd7a751-b60b-444a-984c-02652fe8fa1c',
    'Groups Administrator',
    'Members of this role can create and manage groups and group settings like naming and expiration policies.',
    'groups/create',
  ],
  [
    'c4e39bd9-1100-46d3-8c65-fb160da0071f',
    'Authentication Administrator',
    'Can access to view, set and reset authentication method information for any non-admin user.',
    'users/authenticationMethods/create',
  ],
  [
    '7698a772-787b-4ac8-901f-60d6b08affd2',
    'Cloud Device Administrator',
    'Limited access to manage devices in Microsoft Entra ID.',
    'devices/delete',
  ],
]
