import { afterAll, beforeEach, expect, test } from 'vitest'
import { deletePolicy } from '../intune/change-intune.ts'
import { KINDS } from '../intune/kinds.ts'
import { idOf } from '../intune/objects.ts'
import { truthOf } from '../intune/truth.ts'
import { askingIntune } from './asking-intune.ts'

const scene = await askingIntune({
  intune: { configurationPolicies: 53, deviceConfigurations: 1_001, managedDevices: 2_000 },
})
const { ask, directory, readAll, setFaults, time } = scene
beforeEach(scene.reset)
afterAll(() => scene.sandbox.stop())

const POLICIES = KINDS.configurationPolicies.path
const idAt = (index: number) => idOf(directory().intune.objects.configurationPolicies, index)
const settingsOf = (index: number) => `/${POLICIES}/${idAt(index)}/settings`

test('the settings catalog comes in pages of twenty-five, other policies and devices in pages of a thousand', async () => {
  expect((await readAll(`/${POLICIES}`)).pages).toEqual([25, 25, 3])
  expect((await readAll('/deviceManagement/deviceConfigurations')).pages).toEqual([1_000, 1])
  expect((await readAll('/v1.0/deviceManagement/managedDevices?$select=id')).pages).toEqual([1_000, 1_000])
})

test.each([
  [7, []],
  [11, [25]],
  [12, [25, 1]],
  [49, Array(40).fill(25)],
])('policy %i has its settings in pages of %j', async (index, pages) => {
  const read = await readAll(settingsOf(index))

  expect(read.pages.filter((size) => size > 0)).toEqual(pages)
  expect(read.items.map(({ id }) => id)).toEqual(read.items.map((_, number) => String(number)))
  expect((await ask(`/${POLICIES}/${idAt(index)}`)).body.settingCount).toBe(read.items.length)
})

test('a thousand settings come at once to whoever asks for so many', async () => {
  expect((await readAll(`${settingsOf(49)}?$top=1000`)).pages).toEqual([1_000])
})

test('settings are of all eight kinds, and keep their types at every depth', async () => {
  const { items } = await readAll(`${settingsOf(49)}?$top=1000`)
  const types = new Set(
    [...JSON.stringify(items).matchAll(/Configuration(\w+Instance)"/g)].map(([, name]) => name),
  )

  expect([...types].toSorted()).toEqual([
    'ChoiceSettingCollectionInstance',
    'ChoiceSettingInstance',
    'GroupSettingCollectionInstance',
    'GroupSettingInstance',
    'SettingGroupCollectionInstance',
    'SettingGroupInstance',
    'SimpleSettingCollectionInstance',
    'SimpleSettingInstance',
  ])
})

test('a page is full although policies before its end were deleted, and none follows the last', async () => {
  for (let index = 0; index < 28; index += 1) deletePolicy(directory(), 'configurationPolicies', idAt(index))

  expect((await readAll(`/${POLICIES}`)).pages).toEqual([25])
})

test('what is deleted between two pages takes no other policy along', async () => {
  const first = await ask(`/${POLICIES}`)
  deletePolicy(directory(), 'configurationPolicies', idAt(3))
  const rest = await readAll(first.body['@odata.nextLink'])

  expect([...first.body.value, ...rest.items].map(({ id }) => id)).toEqual(
    Array.from({ length: 53 }, (_, index) => idAt(index)),
  )
})

test('links to further pages are opaque, on the host that was asked, and end', async () => {
  const { body } = await ask(`/${POLICIES}?$select=id`)
  const link = new URL(body['@odata.nextLink'])
  expect(link.origin).toBe(scene.sandbox.url)
  expect(link.searchParams.get('$skiptoken')).not.toMatch(/^\d+$/)
  time.ahead = 601_000

  expect((await ask(link.href)).body.error.code).toBe('Directory_ExpiredPageToken')
})

test.each(['0', '1001', 'all'])('a page of %s is refused in the words of Intune', async (top) => {
  const { body, status } = await ask(`/${POLICIES}?$top=${top}`)

  expect([status, body.error.code]).toEqual([400, 'BadRequest'])
  expect(JSON.parse(body.error.message).Message).toContain('The query specified in the URI is not valid.')
})

test('pages are smaller where somebody wants it so, with empty ones between them', async () => {
  await setFaults({ intunePageSize: 20, emptyPages: true })

  expect((await readAll(`/${POLICIES}?$top=50`)).pages).toEqual([20, 0, 20, 0, 13])
})

test('the device service gives nothing to whoever skips by hand', async () => {
  expect((await ask('/v1.0/deviceManagement/managedDevices?$skip=1000')).body.value).toEqual([])
})

test('a directory always has the same policies, under names that are not unique', async () => {
  const before = truthOf(directory(), 'deviceConfigurations')
  scene.reset()

  expect(truthOf(directory(), 'deviceConfigurations')).toEqual(before)
  expect(new Set(before.map(({ id }) => id)).size).toBe(1_001)
  expect(new Set(before.map(({ displayName }) => displayName)).size).toBeLessThan(1_001)
})

test('reading policies and counting devices by the thousands keeps nothing of them', async () => {
  const { intune } = directory()
  await readAll(`/${POLICIES}?$expand=assignments`)
  await readAll('/deviceManagement/deviceConfigurations')
  const { body } = await ask('/v1.0/deviceManagement/managedDeviceOverview')

  expect(body.enrolledDeviceCount).toBe(2_000)
  expect(Object.values(intune.objects).map(({ changes }) => changes.size)).toEqual(
    Object.values(intune.objects).map(() => 0),
  )
})
