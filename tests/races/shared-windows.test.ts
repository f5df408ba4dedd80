import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openQueue } from '../../src/engine/queue/index.ts'
import { workOn } from '../../src/engine/worker/index.ts'
import { type GroupsScene, groupsScene } from '../world/groups-scene.ts'
import { workerOf } from '../world/workers.ts'

let scene: GroupsScene
const working: { stop(): Promise<void> }[] = []
beforeAll(async () => {
  scene = await groupsScene(6)
  await sql`delete from pgboss.job`.execute(scene.world.database.db)
})
afterAll(async () => {
  for (const one of working) await one.stop()
  await scene?.close()
})

/** What answers wake-ups like a process of the product, with so many slots; and the runs it has carried on, in order. */
async function startWorking(slots: number) {
  const taken: number[] = []
  let atWork = 0
  const worker = workerOf(scene.world, async () => expect.fail('nothing carries this out'), {
    runners: scene.sandboxed.runners,
    isFull: () => atWork >= slots,
  })
  let isOver = false
  const queue = await openQueue(scene.world.database, (error) => isOver || expect.fail(`${error}`))
  await queue.onWake(slots, async (runId) => {
    atWork += 1
    taken.push(runId)
    await workOn(worker, runId)
    atWork -= 1
  })
  const stop = () => {
    isOver = true
    return queue.stop()
  }
  working.push({ stop })
  return { taken, reported: worker.reported, stop }
}

const ended = (runId: number) =>
  expect
    .poll(() => scene.run(runId), { timeout: 60_000, interval: 50 })
    .toMatchObject({ status: 'completed' })

test('two workers share the windows of a throttled tenant: it ends well, and nothing was sent too early', async () => {
  const { directory, tenant } = await scene.tenantWithGroups(2)
  Object.assign(directory.faults, { bucketUnits: 4, bucketSeconds: 1 })
  const workers = [await startWorking(1), await startWorking(1)]

  const runId = await scene.start(tenant)
  await ended(runId)

  expect(await scene.run(runId)).toMatchObject({ outcome: 'succeeded' })
  expect(await scene.present(tenant)).toEqual(scene.truth(directory))
  const { byStatus, tooEarly } = directory.traffic.counts
  expect(byStatus[429]).toBeGreaterThan(1)
  expect(tooEarly).toBe(0)
  expect(byStatus[200]).toBe(10 + CHECKED)
  expect(workers.flatMap(({ reported }) => reported)).toEqual([])
  expect(workers.flatMap(({ taken }) => taken.filter((id) => id === runId)).length).toBeGreaterThan(2)
  for (const { stop } of workers) await stop()
})

/** Requests of the check that readied the tenant. */
const CHECKED = 1

test('a noisy tenant delays another by no more than a page, with one slot for both', async () => {
  const noisy = await scene.tenantWithGroups(1)
  const quiet = await scene.tenantWithGroups(20)
  Object.assign(noisy.directory.faults, { slowMs: 150 })
  const { stop, taken } = await startWorking(1)
  const pages = () => noisy.directory.traffic.exchanges

  const long = await scene.start(noisy.tenant)
  await expect.poll(pages, { interval: 10 }).toBeGreaterThan(3)
  const short = await scene.start(quiet.tenant)
  const asked = pages()
  await ended(short)
  const meanwhile = pages() - asked
  await ended(long)

  expect(meanwhile).toBeLessThanOrEqual(1)
  expect(taken.filter((id) => id === long || id === short)).toEqual([long, short, long])
  expect(await scene.run(short)).toMatchObject({ outcome: 'succeeded' })
  expect(await scene.run(long)).toMatchObject({ outcome: 'succeeded' })
  expect(await scene.present(noisy.tenant)).toEqual(scene.truth(noisy.directory))
  expect(noisy.directory.traffic.counts.byStatus[200]).toBe(20 + CHECKED)
  await stop()
})

test('a check inside a window signs in, and reads nothing from Graph before it is over', async () => {
  const { directory, tenant } = await scene.tenantWithGroups()
  directory.apps[0]?.granted.push('Organization.Read.All')
  Object.assign(directory.faults, { busyNext: 1, retryAfterSeconds: 60 })
  const throttled = await scene.checked(tenant)
  const inside = await scene.checked(tenant)

  expect([throttled, inside].map(({ outcome }) => outcome)).toEqual(['succeeded', 'succeeded'])
  expect(directory.traffic.counts).toMatchObject({ tooEarly: 0, byStatus: { 429: 1 } })
})
