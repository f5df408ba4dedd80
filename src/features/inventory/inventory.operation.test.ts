import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type InventoryScene, inventoryScene, READS_ALL_TYPES } from '../../../tests/world/inventory-scene.ts'
import type { SyncedTenant } from '../../../tests/world/sync-scene.ts'
import { truePolicies } from '../../../tests/world/synced-policies.ts'
import { POLICY_TYPES } from '../../engine/catalog/index.ts'
import { workOn } from '../../engine/worker/index.ts'
import { deletePolicy, renamePolicy, replacePart } from '../../sandbox/intune/change-intune.ts'
import { partOf, truthOf } from '../../sandbox/intune/truth.ts'

let scene: InventoryScene
beforeAll(async () => {
  scene = await inventoryScene(10, 60)
})
afterAll(() => scene?.close())

const readings = ({ tenant }: SyncedTenant) =>
  scene.world.database.db
    .selectFrom('inventory_readings')
    .select(['type', 'read_run_id', 'refused_run_id', 'refused_reason'])
    .where('tenant_id', '=', tenant.id)
    .orderBy('type')
    .execute()

test('the first sync reads every policy of every type, with what it sets and whom it is assigned to', async () => {
  const synced = await scene.tenantWithPolicies()

  const run = await scene.synced(synced.tenant)

  const truth = truePolicies(synced.directory)
  expect(new Set(truth.map(({ type }) => type))).toEqual(new Set(POLICY_TYPES))
  expect(truth.some(({ groups }) => groups.length > 0)).toBe(true)
  expect(await scene.present(synced)).toEqual(truth)
  expect(run).toMatchObject({
    outcome: 'succeeded',
    counts: { seen: truth.length, created: truth.length, changed: 0, gone: 0 },
  })
})

test.each([0, 25, 26, 1000])('all of %i settings of a policy are read', async (count) => {
  const synced = await scene.tenantWithPolicies((directory) => {
    const [policy] = truthOf(directory, 'configurationPolicies')
    const [like] = truthOf(directory, 'configurationPolicies').flatMap(({ id }) =>
      partOf(directory, 'configurationPolicies', id, 'settings'),
    )
    const settings = Array.from({ length: count }, (_, index) => ({ ...like, id: String(index) }))
    replacePart(directory, 'configurationPolicies', policy?.id ?? '', 'settings', settings)
  })

  await scene.synced(synced.tenant)

  const policies = await scene.present(synced)
  expect(policies).toEqual(truePolicies(synced.directory))
  expect(policies.some(({ settings }) => settings?.length === count)).toBe(true)
})

test('a later sync tells what is new, changed and missing', async () => {
  const synced = await scene.tenantWithPolicies()
  await scene.synced(synced.tenant)
  const { directory } = synced
  const [first, second] = truthOf(directory, 'deviceConfigurations')
  renamePolicy(directory, 'deviceConfigurations', first?.id ?? '', 'Another name')
  deletePolicy(directory, 'deviceConfigurations', second?.id ?? '')

  const run = await scene.synced(synced.tenant)

  expect(run).toMatchObject({ outcome: 'succeeded', counts: { created: 0, changed: 1, gone: 1 } })
  expect(await scene.present(synced)).toEqual(truePolicies(directory))
})

describe('a type whose permission is missing', () => {
  test('is left out, the others are read, and the run names it', async () => {
    const synced = await scene.tenantWithPolicies(
      undefined,
      READS_ALL_TYPES.filter((name) => name !== 'DeviceManagementScripts.Read.All'),
    )

    const run = await scene.synced(synced.tenant)

    expect(run).toMatchObject({
      outcome: 'partially_succeeded',
      reason: { code: 'provider_permission_missing', permissions: ['DeviceManagementScripts.Read.All'] },
      counts: { failed: 1 },
    })
    const rest = POLICY_TYPES.filter((type) => type !== 'scripts')
    expect(await scene.present(synced)).toEqual(truePolicies(synced.directory, rest))
    expect(await readings(synced)).toMatchObject(
      [...POLICY_TYPES]
        .sort()
        .map((type) =>
          type === 'scripts'
            ? { type, read_run_id: null, refused_run_id: run.id }
            : { type, read_run_id: run.id, refused_run_id: null },
        ),
    )
  })

  test('keeps what was seen of it before, none of it missing, until it is read again', async () => {
    const synced = await scene.tenantWithPolicies()
    await scene.synced(synced.tenant)
    const { directory } = synced
    const before = truePolicies(directory)
    const [script] = truthOf(directory, 'deviceManagementScripts')
    deletePolicy(directory, 'deviceManagementScripts', script?.id ?? '')
    directory.faults.revokePermission = 'DeviceManagementScripts.Read.All'

    expect(await scene.synced(synced.tenant)).toMatchObject({ outcome: 'partially_succeeded' })
    expect(await scene.present(synced)).toEqual(before)

    delete directory.faults.revokePermission
    directory.apps[0]?.granted.push('DeviceManagementScripts.Read.All')
    expect(await scene.synced(synced.tenant)).toMatchObject({ outcome: 'succeeded', counts: { gone: 1 } })
    expect(await scene.present(synced)).toEqual(truePolicies(directory))
    expect((await readings(synced)).filter(({ refused_run_id }) => refused_run_id !== null)).toEqual([])
  })
})

test('a directory without Intune still has its conditional access read', async () => {
  const synced = await scene.tenantWithPolicies(({ faults }) => {
    faults.notLicensed = true
  })

  const run = await scene.synced(synced.tenant)

  expect(run).toMatchObject({
    outcome: 'partially_succeeded',
    reason: { code: 'provider_not_licensed' },
    counts: { failed: POLICY_TYPES.length - 1 },
  })
  expect(await scene.present(synced)).toEqual(truePolicies(synced.directory, ['conditional_access']))
})

test('what goes or changes before a type is read anew is told as it is, although the run had seen it', async () => {
  const synced = await scene.tenantWithPolicies(({ faults }) => {
    faults.intunePageSize = 3
  })
  const { directory } = synced
  const id = await scene.start(synced.tenant)
  const [first, second] = truthOf(directory, 'deviceConfigurations')
  let broken = 0

  await workOn(
    scene.workerWhile({
      afterPage: async () => {
        if (broken > 0) delete directory.faults.pageLinkSeconds
        const { checkpoint } = await scene.run(id)
        const at = checkpoint as { type: number; link: string | null }
        if (broken > 0 || POLICY_TYPES[at.type] !== 'device_configurations' || at.link === null) return
        broken += 1
        deletePolicy(directory, 'deviceConfigurations', first?.id ?? '')
        renamePolicy(directory, 'deviceConfigurations', second?.id ?? '', 'Another name')
        directory.faults.pageLinkSeconds = 0.001
      },
    }),
    id,
  )

  expect(broken).toBe(1)
  const truth = truePolicies(directory)
  expect(await scene.present(synced)).toEqual(truth)
  expect(await scene.run(id)).toMatchObject({ outcome: 'succeeded', counts: { seen: truth.length, gone: 1 } })
})
