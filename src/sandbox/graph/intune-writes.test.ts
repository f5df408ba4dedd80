import { afterAll, beforeEach, expect, test } from 'vitest'
import { idOf } from '../intune/objects.ts'
import { intuneOf } from '../intune/sizes.ts'
import { truthOf } from '../intune/truth.ts'
import { groupIdOf } from '../made-up-groups.ts'
import { askingIntune } from './asking-intune.ts'

const scene = await askingIntune({ intune: intuneOf(60, 5) })
const { ask, directory, readAll, setFaults } = scene
beforeEach(scene.reset)
afterAll(() => scene.sandbox.stop())

const group = (index: number) => groupIdOf(directory().id, index)
const toGroup = (groupId: string) => ({
  target: { '@odata.type': '#microsoft.graph.groupAssignmentTarget', groupId },
})
const block = {
  actionType: 'block',
  gracePeriodHours: 12,
  notificationTemplateId: '',
  notificationMessageCCList: [],
}
const rule = (...actions: object[]) => [
  { ruleName: 'PasswordRequired', scheduledActionConfigurations: actions },
]
const setting = {
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
const BODIES = {
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
const everyKind = Object.entries(BODIES) as [keyof typeof BODIES, (typeof BODIES)[keyof typeof BODIES]][]

async function made(kind: keyof typeof BODIES, changes: object = {}): Promise<string> {
  const [path, body] = BODIES[kind]
  const answer = await ask(`/${path}`, { method: 'POST', body: { ...body, ...changes } })
  expect(answer.body).toHaveProperty('id')
  return `/${path}/${answer.body.id}`
}

/** The sentence inside of an Intune error, and its code. */
const saidIn = ({ body, status }: Awaited<ReturnType<typeof ask>>) => {
  const { code, message } = body.error
  return [status, code, JSON.parse(message).Message.split(' - Operation ID')[0]]
}

test.each(everyKind)(
  '%s are created, changed and deleted with the codes Intune has for it',
  async (kind, [path, body, codes]) => {
    const answer = await ask(`/${path}`, { method: 'POST', body })
    const id = answer.body.id
    const nameIs = kind === 'configurationPolicies' ? 'name' : 'displayName'
    expect(answer).toMatchObject({ status: codes[0], body: { [nameIs]: 'Made' } })
    expect(truthOf(directory(), kind).at(-1)).toMatchObject({ id })

    const change = await ask(`/${path}/${id}`, { method: 'PATCH', body: { [nameIs]: 'Changed' } })
    expect(change.status).toBe(codes[1])
    expect((await ask(`/${path}/${id}`)).body).toMatchObject({ [nameIs]: 'Changed' })
    expect((await ask(`/${path}/${id}`, { method: 'DELETE' })).status).toBe(204)
    expect((await ask(`/${path}/${id}`)).status).toBe(404)
    expect((await ask(`/${path}/${id}`, { method: 'DELETE' })).status).toBe(404)
  },
)

test('what only the server sets is set by the server', async () => {
  const one = await made('deviceConfigurations', {
    id: 'mine',
    version: 77,
    createdDateTime: '2001-01-01T00:00:00Z',
  })
  const { body } = await ask(one)
  expect(body).toMatchObject({ version: 1, roleScopeTagIds: ['0'], description: null, usbBlocked: true })
  expect([body.createdDateTime, body.lastModifiedDateTime]).toEqual([
    expect.stringMatching(/^2026-11-23T05:24:23\.500\d{4}Z$/),
    expect.stringMatching(/^2026-11-23T05:24:23\.500\d{4}Z$/),
  ])
  scene.time.ahead = 60_000
  await ask(one, { method: 'PATCH', body: { description: 'Now described' } })

  expect((await ask(one)).body).toMatchObject({
    version: 2,
    createdDateTime: body.createdDateTime,
    lastModifiedDateTime: expect.stringMatching(/T05:25:23\.500/),
  })
})

test.each<[string, keyof typeof BODIES, object, [string, string]]>([
  [
    'an abstract profile',
    'deviceConfigurations',
    { '@odata.type': undefined },
    ['ModelValidationFailure', 'Cannot create an abstract class.'],
  ],
  [
    'a reference to an encrypted value',
    'deviceConfigurations',
    {
      '@odata.type': '#microsoft.graph.windows10CustomConfiguration',
      omaSettings: [
        {
          '@odata.type': '#microsoft.graph.omaSettingString',
          omaUri: './x',
          value: '****',
          secretReferenceValueId: 'abc',
        },
      ],
    },
    ['NotSupported', 'SecretReferenceValueId invalid for create.'],
  ],
  [
    'no action that blocks',
    'deviceCompliancePolicies',
    { scheduledActionsForRule: rule() },
    ['BadRequest', 'Compliance policy must have one and only one block scheduled action'],
  ],
  [
    'two actions that block',
    'deviceCompliancePolicies',
    { scheduledActionsForRule: rule(block, block) },
    ['BadRequest', 'Compliance policy must have one and only one block scheduled action'],
  ],
  [
    'a scope tag of nobody',
    'deviceConfigurations',
    { roleScopeTagIds: ['0', '999'] },
    ['BadRequest', 'Scope tag with id 999 does not exist.'],
  ],
  [
    'a setting that is no list',
    'configurationPolicies',
    { settings: setting },
    ['ModelValidationFailure', 'The field settings is required and is a collection.'],
  ],
  [
    'no name',
    'assignmentFilters',
    { displayName: ' ' },
    ['ModelValidationFailure', 'The field displayName is required and has at most 256 characters.'],
  ],
  [
    'a script in the clear',
    'deviceManagementScripts',
    { scriptContent: 'exit 0' },
    ['ModelValidationFailure', 'The field scriptContent is required and is in base64.'],
  ],
])('%s is refused, and nothing is created', async (_, kind, changes, said) => {
  const before = truthOf(directory(), kind)
  const [path, body] = BODIES[kind]

  expect(saidIn(await ask(`/${path}`, { method: 'POST', body: { ...body, ...changes } }))).toEqual([
    400,
    ...said,
  ])
  expect(truthOf(directory(), kind)).toEqual(before)
})

test('settings are replaced by a whole policy, and not by a part of one', async () => {
  const one = await made('configurationPolicies', { description: 'Goes with what is not sent again' })
  const patched = await ask(one, { method: 'PATCH', body: { settings: [setting, setting] } })
  expect(saidIn(patched)[2]).toBe(
    "Cannot apply PATCH to navigation property 'settings' on entity type 'microsoft.management.services.api.deviceManagementConfigurationPolicy'.",
  )
  const whole = { ...BODIES.configurationPolicies[1], settings: Array(26).fill(setting) }
  expect((await ask(one, { method: 'PUT', body: whole })).status).toBe(204)

  expect((await ask(one)).body).toMatchObject({ settingCount: 26, description: null })
  expect((await readAll(`${one}/settings`)).pages).toEqual([25, 1])
})

test('scheduled actions are kept, left alone by a change, and replaced at their own address', async () => {
  const one = await made('deviceCompliancePolicies')
  const expanded = `${one}?$expand=scheduledActionsForRule($expand=scheduledActionConfigurations)`
  const hours = async () =>
    (await ask(expanded)).body.scheduledActionsForRule[0].scheduledActionConfigurations[0].gracePeriodHours
  expect(await hours()).toBe(12)
  expect((await ask(one, { method: 'PATCH', body: { scheduledActionsForRule: rule(block) } })).status).toBe(
    400,
  )

  const send = (rules: object) =>
    ask(`${one}/scheduleActionsForRules`, {
      method: 'POST',
      body: { deviceComplianceScheduledActionForRules: rules },
    })
  expect((await send(rule())).status).toBe(400)
  expect((await send(rule({ ...block, gracePeriodHours: 48 }))).status).toBe(200)
  expect(await hours()).toBe(48)
})

test('texts of a new custom profile are encrypted', async () => {
  const one = await made('deviceConfigurations', {
    '@odata.type': '#microsoft.graph.windows10CustomConfiguration',
    omaSettings: [
      {
        '@odata.type': '#microsoft.graph.omaSettingString',
        displayName: 'Key',
        omaUri: './x',
        value: 'in the clear',
      },
    ],
  })
  const { body } = await ask(one)
  const [{ secretReferenceValueId: reference, value }] = body.omaSettings

  expect(value).toBe('****')
  const question = `${one}/getOmaSettingPlainTextValue(secretReferenceValueId='${reference}')`
  expect((await ask(question)).body.value).toBe('in the clear')
})

test.each([
  ['deviceConfigurations', 'assign', 'assignments'],
  ['deviceCompliancePolicies', 'assign', 'assignments'],
  ['configurationPolicies', 'assign', 'assignments'],
  ['deviceManagementScripts', 'assign', 'deviceManagementScriptAssignments'],
  ['mobileAppConfigurations', 'microsoft.graph.managedDeviceMobileAppConfiguration/assign', 'assignments'],
] as const)('%s: what is assigned takes the place of what was', async (kind, path, key) => {
  const one = await made(kind)
  const assign = (...targets: object[]) => ask(`${one}/${path}`, { method: 'POST', body: { [key]: targets } })
  const aims = async () =>
    (await readAll(`${one}/assignments`)).items.map(({ target }) => (target as { groupId: string }).groupId)

  expect((await assign(toGroup(group(1)), toGroup(group(2)))).status).toBe(200)
  expect(await aims()).toEqual([group(1), group(2)])
  expect((await assign(toGroup(group(3)), toGroup(group(3)))).status).toBe(400)
  expect((await assign({ target: { groupId: group(4) } })).status).toBe(400)
  await assign(toGroup(group(3)))
  expect(await aims()).toEqual([group(3)])
  expect((await readAll(`${one}/assignments`)).items[0]?.id).toBe(`${one.split('/').at(-1)}_${group(3)}`)
  await assign()
  expect(await aims()).toEqual([])
})

test('the settings catalog refuses a group of another directory; others keep the assignment', async () => {
  const stranger = '5c0de000-0000-4000-a000-00000000beef'
  const assign = async (one: string) =>
    ask(`${one}/assign`, { method: 'POST', body: { assignments: [toGroup(stranger)] } })

  expect(saidIn(await assign(await made('configurationPolicies')))).toEqual([
    400,
    'BadRequest',
    `Invalid GroupId : ${stranger} provided, a valid AADGroupId is expected.`,
  ])
  expect((await assign(await made('deviceConfigurations'))).status).toBe(200)
})

test('the platform of a filter and the type of a profile stay, and the default scope tag with them', async () => {
  const platform = await ask(await made('assignmentFilters'), { method: 'PATCH', body: { platform: 'iOS' } })
  const type = await ask(await made('deviceConfigurations'), {
    method: 'PATCH',
    body: { '@odata.type': '#microsoft.graph.windows10CustomConfiguration' },
  })
  const tag = await ask('/deviceManagement/roleScopeTags/0', { method: 'DELETE' })

  expect([platform, type, tag].map(({ status }) => status)).toEqual([400, 400, 400])
})

test('every write is written down with its answer, and reads are not', async () => {
  const one = await made('deviceManagementScripts')
  await ask(one)
  await ask(one, { method: 'PATCH', body: { runAsAccount: 'nobody' } })
  await ask(one, { method: 'DELETE' })

  expect(directory().intune.writes.map(({ method, path, status }) => [method, path, status])).toEqual([
    ['POST', 'deviceManagement/deviceManagementScripts', 201],
    ['PATCH', one.slice(1), 400],
    ['DELETE', one.slice(1), 204],
  ])
})

test('a create may be carried out and answered 504', async () => {
  await setFaults({ createThen504: 1 })
  const before = truthOf(directory(), 'configurationPolicies').length
  const [path, body] = BODIES.configurationPolicies

  expect((await ask(`/${path}`, { method: 'POST', body })).status).toBe(504)
  expect(truthOf(directory(), 'configurationPolicies')).toHaveLength(before + 1)
})

test('reading is not enough to write, and devices are not written at all', async () => {
  const [app] = directory().apps
  if (app)
    app.granted = ['DeviceManagementConfiguration.Read.All', 'DeviceManagementManagedDevices.ReadWrite.All']
  const token = (await scene.signIn()).access_token
  const [path, body] = BODIES.configurationPolicies
  const device = idOf(directory().intune.objects.managedDevices, 0)

  expect((await ask(`/${path}`, { method: 'POST', body, token })).status).toBe(403)
  expect(
    (await ask(`/deviceManagement/managedDevices/${device}`, { method: 'PATCH', body: {}, token })).status,
  ).toBe(400)
})
