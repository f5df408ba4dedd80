import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import {
  type ComplianceScene,
  complianceScene,
  countedDevices,
  trueDevices,
} from '../../../tests/world/compliance-scene.ts'
import { type Cut, cutAt, endOf } from '../../../tests/world/cuts.ts'
import { workOn } from '../../engine/worker/index.ts'
import { changeAtRandom } from '../../sandbox/intune/random-rounds.ts'

/** Microsoft's own counts, and the devices on four pages. */
const PAGES = [1, 2, 3, 4, 5]

describe.each(['postgres', 'embedded'] as const)('on the %s database a snapshot', (engine) => {
  let scene: ComplianceScene
  beforeAll(async () => {
    scene = await complianceScene(4, 35, engine)
  })
  afterAll(() => scene?.close())

  const cuts: Cut[] = engine === 'postgres' ? ['shutdown', 'stopped', 'database'] : ['shutdown', 'stopped']
  test.each(cuts)('that is cut at any page, by %s, comes to the same as without', async (cut) => {
    const synced = await scene.tenantWithDevices()
    const { directory, tenant } = synced
    let came = 0
    for (const page of PAGES) {
      changeAtRandom(directory, page, 12, ['managedDevices'])
      const id = await scene.start(tenant)
      await workOn(scene.workerWhile(cutAt(page, directory, () => (came += 1))[cut]), id)
      const kept = await scene.snapshots(synced)
      expect(kept, 'none before the end').toHaveLength(page - 1)

      const run = await endOf(scene, id, tenant, cut)

      const truth = trueDevices(directory)
      expect(run.outcome).toBe('succeeded')
      expect(await scene.present(synced), `page ${page}`).toEqual(truth)
      expect((await scene.snapshots(synced)).at(-1)).toMatchObject({
        run_id: run.id,
        ...countedDevices(truth),
      })
    }
    expect(came).toBe(PAGES.length)
  })

  test('that was written to its last page asks Microsoft nothing more', async () => {
    const synced = await scene.tenantWithDevices()
    const id = await scene.start(synced.tenant)
    await workOn(
      scene.workerWhile({
        afterPage: async (page, worker) => {
          if (page === PAGES.length) worker.shutDown()
        },
      }),
      id,
    )
    expect(await scene.run(id)).toMatchObject({
      status: 'queued',
      checkpoint: { reading: 'nothing_more' },
      progress_done: 35,
    })
    const before = synced.directory.graphRequests

    await scene.workThrough(id)

    expect(synced.directory.graphRequests).toBe(before)
    expect(await scene.run(id)).toMatchObject({ outcome: 'succeeded', counts: { seen: 35, created: 35 } })
  })
})

describe('a snapshot', () => {
  let scene: ComplianceScene
  beforeAll(async () => {
    scene = await complianceScene(2, 35)
  })
  afterAll(() => scene?.close())

  test('that somebody stops leaves none behind, and nothing counts as gone', async () => {
    const synced = await scene.tenantWithDevices()
    await scene.synced(synced.tenant)
    const before = await scene.snapshots(synced)
    changeAtRandom(synced.directory, 3, 60, ['managedDevices'])
    const id = await scene.start(synced.tenant)
    await workOn(
      scene.workerWhile({
        afterPage: async (page) => {
          if (page !== 3) return
          await sql`update operation_runs set cancel_requested_at = now(), cancelled_by = 'Owner One' where id = ${id}`.execute(
            scene.world.database.db,
          )
        },
      }),
      id,
    )

    expect(await scene.run(id)).toMatchObject({ outcome: 'cancelled', reason: { code: 'run_cancelled' } })
    expect(await scene.snapshots(synced)).toEqual(before)
    expect((await scene.present(synced)).length).toBeGreaterThanOrEqual(35)
  })

  test('that is told to wait goes on from where it was', async () => {
    const synced = await scene.tenantWithDevices()
    const { directory, tenant } = synced
    const id = await scene.start(tenant)
    await workOn(
      scene.workerWhile({
        afterPage: async (page) => {
          if (page === 3) Object.assign(directory.faults, { busyNext: 1, retryAfterSeconds: 600 })
        },
      }),
      id,
    )
    expect(await scene.run(id)).toMatchObject({ status: 'queued', counts: { seen: 20 } })
    expect(await scene.snapshots(synced)).toEqual([])

    const { db } = scene.world.database
    await sql`update operation_runs set wake_at = now() - interval '1 second' where id = ${id}`.execute(db)
    await sql`update provider_connections set throttled_until = null where tenant_id = ${tenant.id}`.execute(
      db,
    )
    await scene.workThrough(id)

    expect(await scene.run(id)).toMatchObject({ outcome: 'succeeded', counts: { seen: 35, created: 35 } })
    expect(await scene.present(synced)).toEqual(trueDevices(directory))
  })
})
