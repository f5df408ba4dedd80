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
import { asTenantId } from '../../kernel/index.ts'
import { changeAtRandom } from '../../sandbox/intune/random-rounds.ts'
import { wasReadFurther } from './reading.sql.ts'

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
    scene = await complianceScene(3, 35)
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

  test('that came to no end is told of until the next one, whatever was stopped since', async () => {
    const { tenant } = await scene.tenantWithDevices()
    const { db } = scene.world.database
    const isToldOf = () => wasReadFurther(db, asTenantId(tenant.id))
    const stoppedAfter = async (last: number) => {
      const id = await scene.start(tenant)
      const stop = sql`update operation_runs set cancel_requested_at = now(), cancelled_by = 'Owner One' where id = ${id}`
      if (last === 0) await stop.execute(db)
      await workOn(
        scene.workerWhile({
          afterPage: async (page) => {
            if (page === last) await stop.execute(db)
          },
        }),
        id,
      )
      return scene.run(id)
    }
    await scene.synced(tenant)
    expect(await isToldOf()).toBe(false)

    const further = await stoppedAfter(3)
    expect(further.outcome).toBe('cancelled')
    expect(further.counts?.seen).toBeGreaterThan(0)
    const atOnce = await stoppedAfter(0)
    expect(atOnce.outcome).toBe('cancelled')
    expect(atOnce.counts?.seen ?? 0).toBe(0)
    expect(await isToldOf()).toBe(true)

    expect(await scene.synced(tenant)).toMatchObject({ outcome: 'succeeded' })
    expect(await isToldOf()).toBe(false)
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
