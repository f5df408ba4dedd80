import { afterAll, beforeEach, expect, test } from 'vitest'
import { askingIntune } from '../graph/asking-intune.ts'
import {
  changeCompliance,
  changeSetting,
  createPolicy,
  deletePolicy,
  editPolicy,
  renamePolicy,
} from './change-intune.ts'
import { countsOf } from './intune.ts'
import { KIND_NAMES } from './kind.ts'
import { KINDS } from './kinds.ts'
import { COMPLIANCE_STATES } from './managed-devices.ts'
import { find, idOf } from './objects.ts'
import { changeAtRandom } from './random-rounds.ts'
import { intuneOf } from './sizes.ts'
import { partOf, truthOf } from './truth.ts'

const scene = await askingIntune({ intune: { ...intuneOf(80, 150) } })
const { ask, directory, readAll, setFaults } = scene
beforeEach(scene.reset)
afterAll(() => scene.sandbox.stop())

const SUMMARY = '/v1.0/deviceManagement/deviceCompliancePolicyDeviceStateSummary'
const idAt = (kind: (typeof KIND_NAMES)[number], index: number) =>
  idOf(directory().intune.objects[kind], index)
const compliant = async () => (await ask(SUMMARY)).body.compliantDeviceCount

test.each([1, 2, 3, 4])(
  'after random rounds with seed %i a reader of all pages has what is there',
  async (seed) => {
    await setFaults({ intunePageSize: 7 })
    for (let round = 0; round < 3; round += 1) {
      const changes = changeAtRandom(directory(), seed * 100 + round, 60)
      expect(changes.length).toBeGreaterThan(30)

      for (const kind of KIND_NAMES)
        expect((await readAll(`/${KINDS[kind].path}`)).items).toEqual(truthOf(directory(), kind))
      for (const { id, kind } of changes.filter(({ kind }) => KINDS[kind].parts?.assignments)) {
        const there = find(directory().intune.objects[kind], id) !== null
        const read = there ? (await readAll(`/${KINDS[kind].path}/${id}/assignments`)).items : []
        expect(read).toEqual(partOf(directory(), kind, id, 'assignments'))
      }
    }
  },
)

test('the same seed makes the same changes, and every deed is among them', () => {
  const first = changeAtRandom(directory(), 7, 400)
  const truth = truthOf(directory(), 'configurationPolicies')
  scene.reset()

  expect(changeAtRandom(directory(), 7, 400)).toEqual(first)
  expect(truthOf(directory(), 'configurationPolicies')).toEqual(truth)
  expect(new Set(first.map(({ deed }) => deed)).size).toBe(9)
})

test('a policy is created, renamed, edited and deleted, and the counts know', async () => {
  const before = countsOf(directory().intune).configurationPolicies
  const { id } = createPolicy(directory(), 'configurationPolicies', { name: 'New', platforms: 'macOS' })
  renamePolicy(directory(), 'configurationPolicies', id, 'Newer')
  editPolicy(directory(), 'configurationPolicies', id, { description: 'Described' })
  const policy = await ask(`/deviceManagement/configurationPolicies/${id}`)
  expect(policy.body).toMatchObject({
    name: 'Newer',
    description: 'Described',
    settingCount: 0,
    isAssigned: false,
  })

  deletePolicy(directory(), 'configurationPolicies', idAt('configurationPolicies', 0))
  expect(countsOf(directory().intune).configurationPolicies).toBe(before)
  expect(deletePolicy(directory(), 'configurationPolicies', idAt('configurationPolicies', 0))).toBe(false)
})

test('one setting of a policy is changed, and the others stay', () => {
  const id = idAt('configurationPolicies', 12)
  const before = partOf(directory(), 'configurationPolicies', id, 'settings')
  expect(changeSetting(directory(), id, 25, 42)).toBe(true)
  expect(changeSetting(directory(), id, 26, 42)).toBe(false)
  const after = partOf(directory(), 'configurationPolicies', id, 'settings')

  expect(after.slice(0, 25)).toEqual(before.slice(0, 25))
  expect(after[25]).not.toEqual(before[25])
})

test('the summary counts what the list of devices shows, by state and by system', async () => {
  changeAtRandom(directory(), 5, 40, ['managedDevices'])
  const { items } = await readAll('/v1.0/deviceManagement/managedDevices')
  const { body } = await ask(SUMMARY)
  const counted = COMPLIANCE_STATES.map(
    (state) => items.filter(({ complianceState }) => complianceState === state).length,
  )

  expect([
    body.compliantDeviceCount,
    body.nonCompliantDeviceCount,
    body.inGracePeriodCount,
    body.unknownDeviceCount,
    body.errorDeviceCount,
    body.conflictDeviceCount,
    body.configManagerCount,
  ]).toEqual(counted)
  const overview = (await ask('/v1.0/deviceManagement/managedDeviceOverview')).body
  expect(overview).toMatchObject({
    enrolledDeviceCount: items.length,
    deviceOperatingSystemSummary: {
      windowsCount: items.filter(({ operatingSystem }) => operatingSystem === 'Windows').length,
    },
  })
})

test('the summary may lag behind the devices', async () => {
  const wasCompliant = truthOf(directory(), 'managedDevices').filter(
    ({ complianceState }) => complianceState === 'compliant',
  )
  const before = await compliant()
  for (const { id } of wasCompliant.slice(0, 3)) changeCompliance(directory(), id, 'noncompliant')
  await setFaults({ staleSummary: 2 })
  expect(await compliant()).toBe(before - 1)

  await setFaults({ staleSummary: null })
  expect(await compliant()).toBe(before - 3)
})

test('lists may lag behind single objects', async () => {
  const path = '/deviceManagement/deviceConfigurations'
  const before = (await readAll(path)).items
  const { id } = createPolicy(directory(), 'deviceConfigurations', { displayName: 'New' })
  deletePolicy(directory(), 'deviceConfigurations', idAt('deviceConfigurations', 0))
  await setFaults({ listsLag: 2 })

  expect((await readAll(path)).items).toEqual(before)
  expect((await ask(`${path}/${id}`)).status).toBe(200)
  expect((await ask(`${path}/${idAt('deviceConfigurations', 0)}`)).status).toBe(404)
  await setFaults({ listsLag: 1 })
  expect((await readAll(path)).items.map((one) => one.id)).toEqual([...before.map((one) => one.id), id])
})

test('single objects may lag behind lists: not there yet, and still there', async () => {
  const path = '/deviceManagement/deviceConfigurations'
  const { id } = createPolicy(directory(), 'deviceConfigurations', { displayName: 'New' })
  deletePolicy(directory(), 'deviceConfigurations', idAt('deviceConfigurations', 0))
  await setFaults({ objectsLag: 2 })

  expect((await ask(`${path}/${id}`)).status).toBe(404)
  expect((await ask(`${path}/${idAt('deviceConfigurations', 0)}`)).status).toBe(200)
  expect((await readAll(path)).items).toEqual(truthOf(directory(), 'deviceConfigurations'))
})
