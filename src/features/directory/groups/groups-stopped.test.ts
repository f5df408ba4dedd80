import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type GroupsScene, groupsScene } from '../../../../tests/world/groups-scene.ts'
import { workerOf } from '../../../../tests/world/workers.ts'
import type { SeededTenant } from '../../../../tests/world/world.ts'
import { sweep, workOn } from '../../../engine/worker/index.ts'
import type { LiveDirectory } from '../../../sandbox/directory.ts'
import { deleteGroup, renameGroup } from '../../../sandbox/groups.ts'
import { groupIdOf } from '../../../sandbox/made-up-groups.ts'

let scene: GroupsScene
beforeAll(async () => {
  scene = await groupsScene(9)
})
afterAll(() => scene?.close())

const syncStateOf = ({ id }: SeededTenant) =>
  scene.world.database.db
    .selectFrom('sync_states')
    .select(['full_sync as fullSync', 'delta_link as link'])
    .where('tenant_id', '=', id)
    .executeTakeFirst()

/** Starts a sync that somebody stops right after a page was written. */
async function cancelledAfter(page: number, tenant: SeededTenant): Promise<number> {
  const id = await scene.start(tenant)
  const cancel = () =>
    sql`update operation_runs set cancel_requested_at = now(), cancelled_by = 'Owner One' where id = ${id}`.execute(
      scene.world.database.db,
    )
  await workOn(
    scene.workerWhile({
      afterPage: async (at) => {
        if (at === page) await cancel()
      },
    }),
    id,
  )
  return id
}

const renameFirst = (directory: LiveDirectory, howMany: number) => {
  for (let index = 0; index < howMany; index++)
    renameGroup(directory, groupIdOf(directory.id, index), `Renamed ${index}`)
}

describe('a sync that somebody stops', () => {
  test('while all groups are read leaves what was written, and the next one reads all anew', async () => {
    const { directory, tenant } = await scene.tenantWithGroups(3)

    const id = await cancelledAfter(4, tenant)

    expect(await scene.run(id)).toMatchObject({ outcome: 'cancelled', reason: { code: 'run_cancelled' } })
    expect(await scene.present(tenant)).toHaveLength(12)
    expect(await syncStateOf(tenant)).toEqual({ fullSync: 1, link: null })

    deleteGroup(directory, groupIdOf(directory.id, 1), 'deleted')
    expect(await scene.synced(tenant)).toMatchObject({
      outcome: 'succeeded',
      counts: { seen: 19, created: 8, unchanged: 11, gone: 1 },
    })
    expect(await scene.present(tenant)).toEqual(scene.truth(directory))
    expect(await syncStateOf(tenant)).toMatchObject({ fullSync: 2, link: expect.any(String) })
  })

  test('while changes are read leaves what was written, and the next one reads the same changes', async () => {
    const { directory, tenant } = await scene.tenantWithGroups(3)
    await scene.synced(tenant)
    const before = await syncStateOf(tenant)
    renameFirst(directory, 10)

    const id = await cancelledAfter(1, tenant)

    expect(await scene.run(id)).toMatchObject({ outcome: 'cancelled' })
    const names = (await scene.present(tenant)).map(({ displayName }) => displayName)
    expect(names.filter((name) => name.startsWith('Renamed'))).toHaveLength(6)
    expect(await syncStateOf(tenant)).toEqual(before)

    expect((await scene.synced(tenant)).counts).toMatchObject({ seen: 10, changed: 4, unchanged: 6 })
    expect(await scene.present(tenant)).toEqual(scene.truth(directory))
  })

  test('while what did not come back is marked leaves the marks, and the next one reads all anew', async () => {
    const { directory, tenant } = await scene.tenantWithGroups(7)
    await scene.synced(tenant)
    deleteGroup(directory, groupIdOf(directory.id, 4), 'deleted')
    directory.faults.lostSyncState = 'gone'

    const id = await cancelledAfter(4, tenant)

    delete directory.faults.lostSyncState
    expect(await scene.run(id)).toMatchObject({ outcome: 'cancelled' })
    expect(await scene.present(tenant)).toEqual(scene.truth(directory))
    expect(await syncStateOf(tenant)).toEqual({ fullSync: 2, link: null })
    expect((await scene.synced(tenant)).counts).toMatchObject({ seen: 19, unchanged: 19, gone: 0 })
  })
})

describe('a sync that is taken up again when everything was read', () => {
  test('marks what did not come back, and asks Microsoft nothing', async () => {
    const { directory, tenant } = await scene.tenantWithGroups(7)
    await scene.synced(tenant)
    deleteGroup(directory, groupIdOf(directory.id, 4), 'deleted')
    directory.faults.lostSyncState = 'gone'
    const id = await scene.start(tenant)
    await workOn(
      scene.workerWhile({
        afterPage: async (page, worker) => {
          if (page === 4) worker.shutDown()
        },
      }),
      id,
    )
    expect(await scene.run(id)).toMatchObject({
      status: 'queued',
      checkpoint: { reading: 'nothing_more', counts: { seen: 19, gone: 0 } },
    })
    const before = directory.graphRequests

    await scene.workThrough(id)

    delete directory.faults.lostSyncState
    expect(directory.graphRequests).toBe(before)
    expect(await scene.run(id)).toMatchObject({ outcome: 'succeeded', counts: { seen: 19, gone: 1 } })
    expect(await scene.present(tenant)).toEqual(scene.truth(directory))
    renameFirst(directory, 1)
    expect((await scene.synced(tenant)).counts).toMatchObject({ seen: 1, changed: 1 })
  })
})

test('a sync that only has to end comes no further by trying that again', async () => {
  const { directory, tenant } = await scene.tenantWithGroups(7)
  await scene.synced(tenant)
  directory.faults.lostSyncState = 'gone'
  const id = await scene.start(tenant)
  const stopped = scene.workerWhile({
    afterPage: async (page, worker) => {
      if (page === 5) worker.shutDown()
    },
  })
  await workOn(stopped, id)
  delete directory.faults.lostSyncState

  const pages: number[] = []
  await workOn(scene.workerWhile({ afterPage: async (page) => void pages.push(page) }), id)

  expect(pages).toEqual([])
  expect(await scene.run(id)).toMatchObject({ outcome: 'succeeded', counts: { seen: 20, gone: 0 } })
})

test('a sync whose database was gone for a moment goes on behind its last page', async () => {
  const { directory, tenant } = await scene.tenantWithGroups(3)
  const { db } = scene.world.database
  const id = await scene.start(tenant)
  const worker = scene.workerWhile({
    inPage: async (page, tx) => {
      if (page === 4) await sql`select pg_terminate_backend(pg_backend_pid())`.execute(tx)
    },
  })

  await workOn(worker, id)

  expect(worker.reported).toHaveLength(1)
  expect(await scene.run(id)).toMatchObject({ status: 'running', outcome: null, progress_done: 6 })
  await sql`update operation_runs set lease_until = now() - interval '1 hour' where id = ${id}`.execute(db)
  await sweep({
    db,
    requestTimeoutSeconds: 30,
    graceSeconds: 3600,
    report: (fault) => expect.fail(`${fault}`),
  })
  await scene.workThrough(id)
  expect(await scene.run(id)).toMatchObject({ outcome: 'succeeded', counts: { seen: 20, created: 20 } })
  expect(await scene.present(tenant)).toEqual(scene.truth(directory))
})

test('a sync that has written a page has all its attempts again', async () => {
  const { tenant } = await scene.tenantWithGroups(3)
  const id = await scene.start(tenant)
  const attemptOf = async () => {
    const { db } = scene.world.database
    const run = db.selectFrom('operation_runs').select('attempt').where('id', '=', id)
    return (await run.executeTakeFirstOrThrow()).attempt
  }
  await sql`update operation_runs set attempt = 4, fencing_token = 4 where id = ${id}`.execute(
    scene.world.database.db,
  )

  const seen: number[] = []
  await workOn(
    scene.workerWhile({
      inPage: async () => void seen.push(await attemptOf()),
      afterPage: async (page, worker) => {
        seen.push(await attemptOf())
        if (page === 2) worker.shutDown()
      },
    }),
    id,
  )

  expect(seen).toEqual([5, 1, 1, 1])
  await scene.workThrough(id)
})

test.each(['directory.groups.sync', 'directory.role_definitions.sync'] as const)(
  '%s begins anew where another version of the code left off',
  async (operation) => {
    const { tenant } = await scene.tenantWithGroups(7)
    const id = await scene.start(tenant, operation)
    await sql`update operation_runs set checkpoint = '{"page": 7, "nextLink": "of another version"}' where id = ${id}`.execute(
      scene.world.database.db,
    )

    await workOn(
      workerOf(scene.world, () => expect.fail('it has a runner'), { runners: scene.sandboxed.runners }),
      id,
    )

    expect(await scene.run(id)).toMatchObject({ outcome: 'succeeded' })
  },
)
