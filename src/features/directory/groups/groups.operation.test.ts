import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type GroupsScene, groupsScene } from '../../../../tests/world/groups-scene.ts'
import type { SeededTenant } from '../../../../tests/world/world.ts'
import { sweep, workOn } from '../../../engine/worker/index.ts'
import { createGroup, deleteGroup, renameGroup, restoreGroup } from '../../../sandbox/groups.ts'
import { groupIdOf } from '../../../sandbox/made-up-groups.ts'

let scene: GroupsScene
beforeAll(async () => {
  scene = await groupsScene(14)
})
afterAll(() => scene?.close())

const rowOf = ({ id }: SeededTenant, groupId: string) =>
  scene.world.database.db
    .selectFrom('directory_groups')
    .selectAll()
    .where('tenant_id', '=', id)
    .where('group_id', '=', groupId)
    .executeTakeFirst()

test('the first sync reads every group, whatever its kind, and tells how many', async () => {
  const { directory, tenant } = await scene.tenantWithGroups()

  const run = await scene.synced(tenant)

  expect(run).toMatchObject({ outcome: 'succeeded', counts: { seen: 20, created: 20, changed: 0, gone: 0 } })
  expect(await scene.present(tenant)).toEqual(scene.truth(directory))
  expect(new Set((await scene.present(tenant)).map(({ kind }) => kind)).size).toBe(4)
  expect((await scene.present(tenant)).some(({ rule }) => rule !== null)).toBe(true)
})

test('a name that no database would keep as it is ends no sync', async () => {
  const { directory, tenant } = await scene.tenantWithGroups()
  const long = Array.from({ length: 3000 }, (_, index) =>
    String.fromCodePoint(0x4e00 + ((index * 7919) % 20_000)),
  )
  const names = ['cut \ud83d', 'a\0b', long.join('')]
  const ids = names.map((name) => createGroup(directory, name, 'security').id ?? '')

  expect(await scene.synced(tenant)).toMatchObject({ outcome: 'succeeded', counts: { seen: 23 } })

  const kept = await Promise.all(ids.map((id) => rowOf(tenant, id)))
  expect(kept.map((row) => row?.display_name)).toEqual([
    'cut \ufffd',
    'a\ufffdb',
    long.join('').slice(0, 500),
  ])
  expect(kept[2]?.raw).toMatchObject({ displayName: long.join('') })
})

test('a later sync reads only what has changed', async () => {
  const { directory, tenant } = await scene.tenantWithGroups()
  await scene.synced(tenant)
  const [first, second, third] = [0, 1, 2].map((index) => groupIdOf(directory.id, index)) as [
    string,
    string,
    string,
  ]
  renameGroup(directory, first, 'Sales Europe')
  deleteGroup(directory, second, 'soft_deleted')
  deleteGroup(directory, third, 'deleted')
  const added = createGroup(directory, 'Newcomers', 'microsoft_365')

  const run = await scene.synced(tenant)

  expect(run.counts).toEqual({ seen: 2, created: 1, changed: 1, unchanged: 0, gone: 2 })
  expect(await scene.present(tenant)).toEqual(scene.truth(directory))
  expect(await rowOf(tenant, second)).toMatchObject({ gone_how: 'soft_deleted' })
  expect(await rowOf(tenant, third)).toMatchObject({ gone_how: 'deleted' })
  expect(await rowOf(tenant, added.id ?? '')).toMatchObject({ kind: 'microsoft_365', gone_since: null })

  restoreGroup(directory, second)
  expect((await scene.synced(tenant)).counts).toMatchObject({ seen: 1, created: 0, changed: 1 })
  expect(await rowOf(tenant, second)).toMatchObject({ gone_since: null, gone_how: null })
  expect((await scene.synced(tenant)).counts).toMatchObject({ seen: 0, gone: 0 })
})

describe.each(['gone', 'not_found'] as const)('a link to changes that is refused as %s', (how) => {
  test('leads to one full reading, and what does not come back is gone', async () => {
    const { directory, tenant } = await scene.tenantWithGroups()
    await scene.synced(tenant)
    const lost = groupIdOf(directory.id, 4)
    deleteGroup(directory, lost, 'deleted')
    renameGroup(directory, groupIdOf(directory.id, 5), 'Renamed meanwhile')
    directory.faults.lostSyncState = how

    const run = await scene.synced(tenant)

    expect(run).toMatchObject({
      outcome: 'succeeded',
      counts: { seen: 19, created: 0, changed: 1, unchanged: 18, gone: 1 },
    })
    expect(await scene.present(tenant)).toEqual(scene.truth(directory))
    expect(await rowOf(tenant, lost)).toMatchObject({ gone_how: 'not_returned' })

    directory.faults = { groupsPageSize: 7 }
    renameGroup(directory, groupIdOf(directory.id, 6), 'Renamed later')
    expect((await scene.synced(tenant)).counts).toMatchObject({ seen: 1, changed: 1 })
  })
})

describe('a sync that is cut between two pages', () => {
  test('goes on behind the last page that was written, and ends exact', async () => {
    const { directory, tenant } = await scene.tenantWithGroups(3)
    const id = await scene.start(tenant)
    const before = directory.graphRequests
    await workOn(
      scene.workerWhile({
        afterPage: async (pages, worker) => {
          if (pages === 4) worker.shutDown()
        },
      }),
      id,
    )
    expect(await scene.run(id)).toMatchObject({ status: 'queued', progress_done: 9 })
    const asked = directory.graphRequests - before

    await scene.workThrough(id)

    expect(await scene.run(id)).toMatchObject({ outcome: 'succeeded', counts: { seen: 20, created: 20 } })
    expect(await scene.present(tenant)).toEqual(scene.truth(directory))
    expect(asked + 4).toBe(directory.graphRequests - before)
  })

  test('writes nothing any more once another worker has it', async () => {
    const { directory, tenant } = await scene.tenantWithGroups(3)
    const id = await scene.start(tenant)
    const [hasBegun, goOn] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()]
    const second = scene.workerWhile({
      afterPage: async (pages) => {
        if (pages > 1) return
        hasBegun.resolve()
        await goOn.promise
      },
    })
    let secondEnded: Promise<void> | undefined
    const late = scene.workerWhile({
      afterPage: async (pages) => {
        if (pages !== 3) return
        await takeAway(id)
        secondEnded = workOn(second, id)
        await hasBegun.promise
        renameGroup(directory, groupIdOf(directory.id, 8), 'Only the late worker reads this')
      },
    })

    await workOn(late, id)
    goOn.resolve()
    await secondEnded

    expect([...late.reported, ...second.reported]).toEqual([])
    expect(await scene.run(id)).toMatchObject({
      outcome: 'succeeded',
      fencing_token: 3,
      counts: { seen: 20 },
    })
    expect((await scene.present(tenant)).map(({ displayName }) => displayName)).not.toContain(
      'Only the late worker reads this',
    )
  })
})

test('a group that changes while all are read is not lost', async () => {
  const { directory, tenant } = await scene.tenantWithGroups(3)
  const id = await scene.start(tenant)
  await workOn(
    scene.workerWhile({
      afterPage: async (pages) => {
        if (pages !== 3) return
        renameGroup(directory, groupIdOf(directory.id, 0), 'Renamed behind the reader')
        deleteGroup(directory, groupIdOf(directory.id, 2), 'soft_deleted')
      },
    }),
    id,
  )

  await scene.synced(tenant)

  expect(await scene.present(tenant)).toEqual(scene.truth(directory))
})

test('without the permission nothing is shown as gone', async () => {
  const { directory, tenant } = await scene.tenantWithGroups()
  await scene.synced(tenant)
  const [app] = directory.apps
  if (app) app.granted = ['Organization.Read.All']
  directory.faults.rejectTokens = 1

  const run = await scene.synced(tenant)

  expect(run).toMatchObject({ outcome: 'failed', reason: { code: 'provider_permission_missing' } })
  expect(await scene.present(tenant)).toHaveLength(20)
})

/** Lets a run look silent, so that a sweep gives it to another worker. */
async function takeAway(id: number): Promise<void> {
  const { db } = scene.world.database
  await sql`update operation_runs set lease_until = now() - interval '1 hour' where id = ${id}`.execute(db)
  const report = (fault: unknown) => {
    throw fault
  }
  await sweep({ db, requestTimeoutSeconds: 0, graceSeconds: 15, report })
}
