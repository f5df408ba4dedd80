import { afterAll, beforeEach, expect, test } from 'vitest'
import { idOf } from '../intune/objects.ts'
import { intuneOf } from '../intune/sizes.ts'
import { truthOf } from '../intune/truth.ts'
import { askingIntune } from './asking-intune.ts'
import { BODIES, block, made, rule, saidIn, setting, type WrittenKind } from './intune-bodies.ts'

const scene = await askingIntune({ intune: intuneOf(60, 5) })
const { ask, directory } = scene
beforeEach(scene.reset)
afterAll(() => scene.sandbox.stop())

test.each<[string, WrittenKind, object, [string, string]]>([
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

test('the platform of a filter and the type of a profile stay, and the default scope tag with them', async () => {
  const platform = await ask(await made(ask, 'assignmentFilters'), {
    method: 'PATCH',
    body: { platform: 'iOS' },
  })
  const type = await ask(await made(ask, 'deviceConfigurations'), {
    method: 'PATCH',
    body: { '@odata.type': '#microsoft.graph.windows10CustomConfiguration' },
  })
  const tag = await ask('/deviceManagement/roleScopeTags/0', { method: 'DELETE' })

  expect([platform, type, tag].map(({ status }) => status)).toEqual([400, 400, 400])
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
