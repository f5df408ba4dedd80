import { afterAll, beforeEach, expect, test } from 'vitest'
import { idOf } from '../intune/objects.ts'
import { intuneOf } from '../intune/sizes.ts'
import { truthOf } from '../intune/truth.ts'
import { askingIntune } from './asking-intune.ts'

const scene = await askingIntune({ intune: intuneOf(60, 20) })
const { ask, directory, setFaults } = scene
beforeEach(scene.reset)
afterAll(() => scene.sandbox.stop())

const SCRIPTS = '/deviceManagement/deviceManagementScripts'
const POLICIES = '/deviceManagement/configurationPolicies'
const statusOf = async (path: string) => (await ask(path)).status

test('a permission is revoked in the middle of the work, and only what needs it is refused', async () => {
  await setFaults({ revokePermission: 'DeviceManagementScripts.Read.All', revokeAfter: 1 })
  const [app] = directory().apps
  if (app) app.granted = app.granted.filter((name) => name !== 'DeviceManagementScripts.ReadWrite.All')

  expect([await statusOf(SCRIPTS), await statusOf(SCRIPTS), await statusOf(POLICIES)]).toEqual([
    200, 403, 200,
  ])
})

test('Intune says in its own dialect that it is asked too much', async () => {
  await setFaults({ busyNext: 2, retryAfter: 'absent' })
  const policies = await ask(POLICIES)
  const devices = await ask('/v1.0/deviceManagement/managedDevices')

  expect([policies.status, policies.body.error.code, policies.headers.get('retry-after')]).toEqual([
    429,
    'TooManyRequests',
    null,
  ])
  expect(JSON.parse(policies.body.error.message).Message).toContain('Too many requests.')
  expect(JSON.parse(JSON.parse(devices.body.error.message).Message).Message).toContain('Too many requests.')
})

test('in a batch each object is read, written and refused for itself', async () => {
  const script = idOf(directory().intune.objects.deviceManagementScripts, 0)
  const { body } = await ask('/$batch', {
    method: 'POST',
    body: {
      requests: [
        { id: '1', method: 'GET', url: `${POLICIES}?$top=2` },
        { id: '2', method: 'GET', url: `${SCRIPTS}/${script}` },
        { id: '3', method: 'DELETE', url: `${SCRIPTS}/${script}` },
        { id: '4', method: 'GET', url: `${SCRIPTS}/${script}` },
      ],
    },
  })
  const answers = new Map<string, { status: number; body: { value?: object[] } }>(
    body.responses.map((response: { id: string }) => [response.id, response]),
  )

  expect(['1', '2', '3', '4'].map((id) => answers.get(id)?.status)).toEqual([200, 200, 204, 404])
  expect(answers.get('1')?.body.value).toEqual(truthOf(directory(), 'configurationPolicies').slice(0, 2))
})

test('a batch of version 1.0 does not know what only beta has', async () => {
  const requests = [{ id: '1', method: 'GET', url: POLICIES }]
  const { body } = await ask('/v1.0/$batch', { method: 'POST', body: { requests } })

  expect(body.responses[0].body.error.message).toContain("segment 'configurationPolicies'")
})

test('the licence shows in the organisation too', async () => {
  const authority = async () =>
    (await ask('/v1.0/organization')).body.value[0].mobileDeviceManagementAuthority
  expect(await authority()).toBe('intune')
  await setFaults({ notLicensed: true })

  expect(await authority()).toBe('unknown')
})

test('other directories have objects of their own', async () => {
  const stranger = idOf(
    {
      ...directory().intune.objects.configurationPolicies,
      place: {
        ...directory().intune.objects.configurationPolicies.place,
        id: '5c0de000-0000-4000-a000-00000000beef',
      },
    },
    0,
  )

  expect(await statusOf(`${POLICIES}/${stranger}`)).toBe(404)
})
