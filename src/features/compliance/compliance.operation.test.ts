import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import {
  type ComplianceScene,
  complianceScene,
  countedDevices,
  READS_DEVICES,
  trueDevices,
} from '../../../tests/world/compliance-scene.ts'
import type { SyncedTenant } from '../../../tests/world/sync-scene.ts'
import { workOn } from '../../engine/worker/index.ts'

import { changeCompliance, deletePolicy, editPolicy } from '../../sandbox/intune/change-intune.ts'
import { truthOf } from '../../sandbox/intune/truth.ts'

let scene: ComplianceScene
beforeAll(async () => {
  scene = await complianceScene(12, 35)
})
afterAll(() => scene?.close())

const historyOf = ({ tenant }: SyncedTenant) =>
  scene.world.database.db
    .selectFrom('compliance_changes')
    .select(['device_id', 'run_id', 'state_before', 'state'])
    .where('tenant_id', '=', tenant.id)
    .orderBy('observed_at')
    .execute()

const idOf = ({ directory }: SyncedTenant, state: string) => {
  const [device] = truthOf(directory, 'managedDevices').filter(
    ({ complianceState }) => complianceState === state,
  )
  if (!device) throw new Error(`No device is ${state}.`)
  return device.id
}

test('the first snapshot reads every device, and keeps what they come to beside what Microsoft counts', async () => {
  const synced = await scene.tenantWithDevices()

  const run = await scene.synced(synced.tenant)

  const truth = trueDevices(synced.directory)
  expect(truth).toHaveLength(35)
  expect(await scene.present(synced)).toEqual(truth)
  expect(run).toMatchObject({ outcome: 'succeeded', counts: { seen: 35, created: 35, changed: 0, gone: 0 } })
  const [snapshot, ...others] = await scene.snapshots(synced)
  expect(others).toEqual([])
  expect(snapshot).toMatchObject({ run_id: run.id, ...countedDevices(truth) })
  expect(snapshot?.summary).toMatchObject({ compliant: snapshot?.compliant, not_applicable: 0 })
  expect(await historyOf(synced)).toEqual([])
})

test('a later snapshot tells what changed its state, what came and what is gone, and keeps only that', async () => {
  const synced = await scene.tenantWithDevices()
  await scene.synced(synced.tenant)
  const worse = idOf(synced, 'compliant')
  changeCompliance(synced.directory, worse, 'noncompliant')
  const gone = idOf(synced, 'compliant')
  deletePolicy(synced.directory, 'managedDevices', gone)

  const run = await scene.synced(synced.tenant)

  expect(run).toMatchObject({ outcome: 'succeeded', counts: { seen: 34, created: 0, changed: 1, gone: 1 } })
  expect(await scene.present(synced)).toEqual(trueDevices(synced.directory))
  const history = await historyOf(synced)
  expect(history).toHaveLength(2)
  expect(history).toContainEqual({
    device_id: worse,
    run_id: run.id,
    state_before: 'compliant',
    state: 'noncompliant',
  })
  expect(history).toContainEqual({
    device_id: gone,
    run_id: run.id,
    state_before: 'compliant',
    state: 'gone',
  })
  expect(await scene.snapshots(synced)).toMatchObject([
    { devices: 35 },
    { run_id: run.id, ...countedDevices(trueDevices(synced.directory)) },
  ])
})

test('a device that has not reached Intune for long, or never, is counted as silent', async () => {
  const synced = await scene.tenantWithDevices((directory) => {
    const daysAgo = (days: number) => new Date(Date.now() - days * 86_400_000).toISOString()
    const [late, never, ...others] = truthOf(directory, 'managedDevices').map(({ id }) => id)
    const reached = (id = '', lastSyncDateTime = '') =>
      editPolicy(directory, 'managedDevices', id, { lastSyncDateTime })
    reached(late, daysAgo(31))
    reached(never, '0001-01-01T00:00:00Z')
    for (const id of others) reached(id, daysAgo(29))
  })

  await scene.synced(synced.tenant)

  expect(await scene.snapshots(synced)).toMatchObject([{ silent: 2, devices: 35 }])
})

test('Microsoft’s own counts may lag behind the devices; both are kept as they were told', async () => {
  const synced = await scene.tenantWithDevices()
  changeCompliance(synced.directory, idOf(synced, 'compliant'), 'noncompliant')
  synced.directory.faults.staleSummary = 1

  expect(await scene.synced(synced.tenant)).toMatchObject({ outcome: 'succeeded' })

  const [snapshot] = await scene.snapshots(synced)
  expect(snapshot).toMatchObject(countedDevices(trueDevices(synced.directory)))
  expect(snapshot?.summary).toMatchObject({ compliant: (snapshot?.compliant ?? 0) + 1 })
})

describe('without a permission', () => {
  test.each(READS_DEVICES)('nothing starts, and %s is named', async (missing) => {
    const { tenant } = await scene.tenantWithDevices(
      undefined,
      READS_DEVICES.filter((name) => name !== missing),
    )

    await expect(scene.start(tenant)).rejects.toThrow()
    const blocked = await scene.world.database.db
      .selectFrom('operation_runs')
      .select(['outcome', 'reason'])
      .where('tenant_id', '=', tenant.id)
      .where('operation', '=', 'compliance.snapshot')
      .executeTakeFirstOrThrow()
    expect(blocked).toMatchObject({
      outcome: 'blocked',
      reason: { code: 'provider_permission_missing', permissions: [missing] },
    })
  })

  test('that is taken away meanwhile: without Microsoft’s counts it ends partly, and the devices count', async () => {
    const synced = await scene.tenantWithDevices()
    synced.directory.faults.revokePermission = 'DeviceManagementConfiguration.Read.All'

    const run = await scene.synced(synced.tenant)

    expect(run).toMatchObject({
      outcome: 'partially_succeeded',
      reason: {
        code: 'provider_permission_missing',
        permissions: ['DeviceManagementConfiguration.Read.All'],
      },
      counts: { seen: 35, failed: 1 },
    })
    expect(await scene.snapshots(synced)).toMatchObject([{ summary: null, devices: 35 }])
    await expect(scene.start(synced.tenant), 'the next start is blocked').rejects.toThrow()
  })

  test('to the devices, taken away between two pages: it fails, names it, and leaves no snapshot', async () => {
    const synced = await scene.tenantWithDevices()
    const { tenant } = synced
    const id = await scene.start(tenant)

    await workOn(
      scene.workerWhile({
        afterPage: async (page) => {
          if (page === 2) synced.directory.faults.revokePermission = 'DeviceManagementManagedDevices.Read.All'
        },
      }),
      id,
    )

    expect(await scene.run(id)).toMatchObject({
      outcome: 'failed',
      reason: {
        code: 'provider_permission_missing',
        permissions: ['DeviceManagementManagedDevices.Read.All'],
      },
      counts: { seen: 10 },
    })
    expect(await scene.snapshots(synced)).toEqual([])
  })
})

test('a directory without Intune says so', async () => {
  const synced = await scene.tenantWithDevices(({ faults }) => {
    faults.notLicensed = true
  })

  expect(await scene.synced(synced.tenant)).toMatchObject({
    outcome: 'failed',
    reason: { code: 'provider_not_licensed' },
  })
  expect(await scene.snapshots(synced)).toEqual([])
})

test('a link that was used too late begins the devices anew, once', async () => {
  const synced = await scene.tenantWithDevices()
  const id = await scene.start(synced.tenant)

  await workOn(
    scene.workerWhile({
      afterPage: async (page) => {
        if (page === 3) synced.directory.faults.pageLinkSeconds = 0.001
        if (page === 4) delete synced.directory.faults.pageLinkSeconds
      },
    }),
    id,
  )

  expect(await scene.run(id)).toMatchObject({ outcome: 'succeeded', counts: { seen: 35, created: 35 } })
  expect(await scene.snapshots(synced)).toMatchObject([{ devices: 35 }])
})

test('what is retired before the devices are read anew is gone, although the run had seen it', async () => {
  const synced = await scene.tenantWithDevices()
  const { directory } = synced
  const id = await scene.start(synced.tenant)

  await workOn(
    scene.workerWhile({
      afterPage: async (page) => {
        if (page === 3) {
          deletePolicy(directory, 'managedDevices', truthOf(directory, 'managedDevices')[0]?.id ?? '')
          directory.faults.pageLinkSeconds = 0.001
        }
        if (page === 4) delete directory.faults.pageLinkSeconds
      },
    }),
    id,
  )

  expect(await scene.run(id)).toMatchObject({ outcome: 'succeeded', counts: { seen: 34, gone: 1 } })
  expect(await scene.present(synced)).toEqual(trueDevices(directory))
})
