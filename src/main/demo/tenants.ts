/** The application permissions a demo app has been granted when all is well. */
export const ALL_GRANTED = [
  'Organization.Read.All',
  'Group.Read.All',
  'RoleManagement.Read.Directory',
  'DeviceManagementConfiguration.Read.All',
  'DeviceManagementManagedDevices.Read.All',
  'DeviceManagementApps.Read.All',
  'DeviceManagementScripts.Read.All',
  'Policy.Read.All',
] as const

/** One app registration of the demonstration: what we store of it, and what the sandbox holds. */
export interface DemoConnection {
  readonly label: string
  readonly isDefault: boolean
  readonly isEnabled: boolean
  readonly consent: 'granted' | 'required' | 'unknown'
  /** Days since we last saw what was granted; null for never. */
  readonly evidenceDays: number | null
  /** Days until the secret ends; negative for one that has ended. */
  readonly secretDays: number
  readonly granted: readonly string[]
  /** The sandbox holds another secret than we do. */
  readonly wrongSecret: boolean
}

/** One tenant of the demonstration. */
export interface DemoTenant {
  readonly name: string
  readonly domain: string
  readonly workspace: string
  readonly archived: boolean
  /** Still being onboarded: connected, and never checked. */
  readonly onboarding: boolean
  readonly roleDefinitions: number
  readonly groups: number
  /** Of Intune and conditional access together, about; null in a directory without an Intune licence. */
  readonly policies: number | null
  readonly devices: number
  readonly throttled: boolean
  readonly connections: readonly DemoConnection[]
}

const usable: DemoConnection = {
  label: 'Own app registration',
  isDefault: true,
  isEnabled: true,
  consent: 'granted',
  evidenceDays: 0,
  secretDays: 240,
  granted: ALL_GRANTED,
  wrongSecret: false,
}

const tenant = (name: string, domain: string, change: Partial<DemoTenant> = {}): DemoTenant => ({
  name,
  domain,
  workspace: 'Contoso MSP',
  archived: false,
  onboarding: false,
  roleDefinitions: 112,
  groups: 260,
  policies: 48,
  devices: 180,
  throttled: false,
  connections: [usable],
  ...change,
})

/** Every tenant of the demonstration, each in a state worth seeing. */
export const demoTenants: readonly DemoTenant[] = [
  tenant('Adventure Works', 'adventureworks.example'),
  tenant('Northwind Traders', 'northwind.example', {
    roleDefinitions: 640,
    groups: 1_480,
    policies: 310,
    devices: 2_350,
    connections: [{ ...usable, secretDays: 11 }],
  }),
  tenant('Proseware', 'proseware.example', { throttled: true }),
  tenant('Bellows College', 'bellowscollege.example', { connections: [] }),
  tenant('Coho Winery', 'cohowinery.example', {
    policies: 12,
    devices: 24,
    connections: [
      { ...usable, label: 'Reading app', isDefault: false, secretDays: 25 },
      { ...usable, label: 'Former partner’s app', isDefault: false },
    ],
  }),
  tenant('Litware', 'litware.example', { connections: [{ ...usable, isEnabled: false }] }),
  tenant('Graphic Design Institute', 'graphicdesign.example', {
    connections: [{ ...usable, secretDays: -3 }],
  }),
  tenant('Wide World Importers', 'wideworld.example', { archived: true }),
  tenant('Fourth Coffee', 'fourthcoffee.example', {
    connections: [{ ...usable, consent: 'required', evidenceDays: null, granted: [] }],
  }),
  tenant('Humongous Insurance', 'humongous.example', {
    policies: 160,
    devices: 1_120,
    connections: [{ ...usable, wrongSecret: true }],
  }),
  tenant("Margie's Travel", 'margiestravel.example', {
    policies: null,
    devices: 0,
    connections: [
      { ...usable, granted: ALL_GRANTED.filter((name) => name !== 'RoleManagement.Read.Directory') },
    ],
  }),
  tenant('Tailspin Toys', 'tailspintoys.example', {
    connections: [{ ...usable, evidenceDays: 9, secretDays: 2 }],
  }),
  tenant('Woodgrove Bank', 'woodgrovebank.example', {
    onboarding: true,
    connections: [{ ...usable, consent: 'unknown', evidenceDays: null }],
  }),
  tenant('Fabrikam Retail', 'fabrikamretail.example', { workspace: 'Fabrikam IT' }),
]
