import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type GroupsScene, groupsScene } from '../../../../tests/world/groups-scene.ts'
import { workerOf } from '../../../../tests/world/workers.ts'
import type { SeededTenant } from '../../../../tests/world/world.ts'
import { type Runner, workOn } from '../../../engine/worker/index.ts'
import type { LiveDirectory } from '../../../sandbox/directory.ts'

const SYNC = 'directory.role_definitions.sync'

let scene: GroupsScene
beforeAll(async () => {
  scene = await groupsScene(6)
})
afterAll(() => scene?.close())

/** A tenant whose three role definitions come one by one. */
async function tenantWithRoles() {
  const { directory, tenant } = await scene.tenantWithGroups()
  directory.faults.roleDefinitionsPageSize = 1
  return { directory, tenant }
}

/** Carries a run out as it stands; what waits comes due first. */
async function carryOn(runId: number, around: (real: Runner) => Runner = (real) => real) {
  const real = scene.sandboxed.runners.get(SYNC)
  if (!real) throw new Error('Nothing carries the sync out.')
  await sql`update operation_runs set wake_at = now() where id = ${runId}`.execute(scene.world.database.db)
  await sql`update provider_connections set throttled_until = null`.execute(scene.world.database.db)
  const worker = workerOf(scene.world, around(real))
  await workOn(worker, runId)
  for (const { fault } of worker.reported) throw fault
  return scene.run(runId)
}

const present = async ({ id }: SeededTenant) => {
  const rows = await scene.world.database.db
    .selectFrom('directory_role_definitions')
    .select('role_definition_id as id')
    .where('tenant_id', '=', id)
    .where('gone_since', 'is', null)
    .orderBy('role_definition_id')
    .execute()
  return rows.map(({ id }) => id)
}
const truth = ({ roleDefinitions }: LiveDirectory) => roleDefinitions.map(({ id }) => id).sort()
const asked = ({ traffic }: LiveDirectory) => traffic.exchanges

test('throttled at every other request it gets on page by page, and repeats none', async () => {
  const { directory, tenant } = await tenantWithRoles()
  const runId = await scene.start(tenant, SYNC)
  const before = asked(directory)
  Object.assign(directory.faults, { throttleEvery: 2 })

  for (let stint = 0; stint < 4; stint++) if ((await carryOn(runId)).status === 'completed') break

  expect(await scene.run(runId)).toMatchObject({
    outcome: 'succeeded',
    counts: { seen: 3, created: 3, gone: 0 },
  })
  const refused = directory.traffic.counts.byStatus[429] ?? 0
  expect(refused).toBeGreaterThan(0)
  expect(asked(directory) - before).toBe(3 + refused)
  expect(await present(tenant)).toEqual(truth(directory))
})

test('what a reading with a wait in its middle did not tell of is gone', async () => {
  const { directory, tenant } = await tenantWithRoles()
  await carryOn(await scene.start(tenant, SYNC))
  directory.roleDefinitions.splice(1, 1)
  const runId = await scene.start(tenant, SYNC)
  Object.assign(directory.faults, { throttleEvery: 2 })

  for (let stint = 0; stint < 3; stint++) if ((await carryOn(runId)).status === 'completed') break

  expect(await scene.run(runId)).toMatchObject({
    outcome: 'succeeded',
    counts: { seen: 2, created: 0, changed: 0, unchanged: 2, gone: 1 },
  })
  expect(await present(tenant)).toEqual(truth(directory))
})

test('a link that was used too late lets the reading begin anew, once, and counts nothing twice', async () => {
  const { directory, tenant } = await tenantWithRoles()
  const slowly =
    (mendedAfter: number) =>
    (real: Runner): Runner => {
      let pages = 0
      return (work) =>
        real({
          ...work,
          page: async (write) => {
            await work.page(write)
            pages += 1
            await new Promise((resolve) => setTimeout(resolve, 5))
            if (pages === mendedAfter) directory.faults.pageLinkSeconds = 60
          },
        })
    }
  directory.faults.pageLinkSeconds = 0.001
  const never = await carryOn(await scene.start(tenant, SYNC), slowly(99))
  const once = await carryOn(await scene.start(tenant, SYNC), slowly(1))

  expect(never).toMatchObject({ outcome: 'failed', counts: { seen: 1 } })
  expect(once).toMatchObject({ outcome: 'succeeded', counts: { seen: 3, created: 2, unchanged: 1, gone: 0 } })
  expect(await present(tenant)).toEqual(truth(directory))
})
