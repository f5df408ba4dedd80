import type { Asking } from './asking.ts'

/** An action that blocks, and rules with these actions. */
export const block = {
  actionType: 'block',
  gracePeriodHours: 12,
  notificationTemplateId: '',
  notificationMessageCCList: [],
}
export const rule = (...actions: object[]) => [
  { ruleName: 'PasswordRequired', scheduledActionConfigurations: actions },
]
/** One setting of the settings catalog. */
export const setting = {
  settingInstance: {
    '@odata.type': '#microsoft.graph.deviceManagementConfigurationSimpleSettingInstance',
    settingDefinitionId: 'device_vendor_msft_policy_config_example',
    simpleSettingValue: {
      '@odata.type': '#microsoft.graph.deviceManagementConfigurationIntegerSettingValue',
      value: 7,
    },
  },
}

/** For each kind: where it is, a body that is taken, how it is updated, and the status codes of both. */
export const BODIES = {
  deviceConfigurations: [
    'deviceManagement/deviceConfigurations',
    {
      '@odata.type': '#microsoft.graph.windows10GeneralConfiguration',
      displayName: 'Made',
      usbBlocked: true,
    },
    [201, 204],
  ],
  deviceCompliancePolicies: [
    'deviceManagement/deviceCompliancePolicies',
    {
      '@odata.type': '#microsoft.graph.iosCompliancePolicy',
      displayName: 'Made',
      scheduledActionsForRule: rule(block),
    },
    [201, 204],
  ],
  configurationPolicies: [
    'deviceManagement/configurationPolicies',
    { name: 'Made', platforms: 'windows10', technologies: 'mdm', settings: [setting] },
    [201, 204],
  ],
  deviceManagementScripts: [
    'deviceManagement/deviceManagementScripts',
    { displayName: 'Made', fileName: 'made.ps1', scriptContent: 'ZXhpdCAw' },
    [201, 200],
  ],
  mobileAppConfigurations: [
    'deviceAppManagement/mobileAppConfigurations',
    {
      '@odata.type': '#microsoft.graph.iosMobileAppConfiguration',
      displayName: 'Made',
      targetedMobileApps: [],
    },
    [201, 204],
  ],
  assignmentFilters: [
    'deviceManagement/assignmentFilters',
    { displayName: 'Made', platform: 'iOS', rule: '(device.model -eq "x")' },
    [201, 200],
  ],
  roleScopeTags: ['deviceManagement/roleScopeTags', { displayName: 'Made' }, [200, 200]],
} as const

export type WrittenKind = keyof typeof BODIES

/** For tests: creates an object of a kind and gives its address; throws when the body is refused. */
export async function made(ask: Asking['ask'], kind: WrittenKind, changes: object = {}): Promise<string> {
  const [path, body] = BODIES[kind]
  const answer = await ask(`/${path}`, { method: 'POST', body: { ...body, ...changes } })
  if (!answer.body.id) throw new Error(`Not created: ${JSON.stringify(answer.body)}`)
  return `/${path}/${answer.body.id}`
}

/** For tests: the status, the code and the sentence inside of an error of Intune. */
export const saidIn = ({ body, status }: Awaited<ReturnType<Asking['ask']>>) => {
  const { code, message } = body.error
  return [status, code, JSON.parse(message).Message.split(' - Operation ID')[0]]
}
