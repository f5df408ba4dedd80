import { afterAll, beforeEach, expect, test } from 'vitest'
import { intuneOf } from '../intune/sizes.ts'
import { groupIdOf } from '../made-up-groups.ts'
import { askingIntune } from './asking-intune.ts'
import { made, saidIn } from './intune-bodies.ts'

const scene = await askingIntune({ intune: intuneOf(60, 5) })
const { ask, directory, readAll } = scene
beforeEach(scene.reset)
afterAll(() => scene.sandbox.stop())

const group = (index: number) => groupIdOf(directory().id, index)
const toGroup = (groupId: string) => ({
  target: { '@odata.type': '#microsoft.graph.groupAssignmentTarget', groupId },
})

test.each([
  ['deviceConfigurations', 'assign', 'assignments'],
  ['deviceCompliancePolicies', 'assign', 'assignments'],
  ['configurationPolicies', 'assign', 'assignments'],
  ['deviceManagementScripts', 'assign', 'deviceManagementScriptAssignments'],
  ['mobileAppConfigurations', 'microsoft.graph.managedDeviceMobileAppConfiguration/assign', 'assignments'],
] as const)('%s: what is assigned takes the place of what was', async (kind, path, key) => {
  const one = await made(ask, kind)
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

  expect(saidIn(await assign(await made(ask, 'configurationPolicies')))).toEqual([
    400,
    'BadRequest',
    `Invalid GroupId : ${stranger} provided, a valid AADGroupId is expected.`,
  ])
  expect((await assign(await made(ask, 'deviceConfigurations'))).status).toBe(200)
})
