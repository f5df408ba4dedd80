import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { sql } from 'kysely'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { sweep } from '../../src/engine/worker/index.ts'
import type { LiveDirectory } from '../../src/sandbox/directory.ts'
import { type GroupsScene, groupsScene } from '../world/groups-scene.ts'
import type { SeededTenant } from '../world/world.ts'
import type { Sleep } from './sleeper.ts'

const LEASE_SECONDS = 1.5

let scene: GroupsScene
const children: ChildProcess[] = []
beforeAll(async () => {
  scene = await groupsScene(4)
})
afterEach(() => {
  for (const child of children.splice(0)) child.kill('SIGKILL')
})
afterAll(() => scene?.close())

const db = () => scene.world.database.db

/** A process of its own that begins to work on a run. */
function worksOn(runId: number, fallsAsleepAt: Sleep['fallsAsleepAt'] = null): ChildProcess {
  const { native } = scene.world.database
  const child = fork(fileURLToPath(new URL('sleeper.ts', import.meta.url)), { execArgv: ['--import', 'tsx'] })
  children.push(child)
  child.send({
    runId,
    database: { kind: 'postgres', url: native.kind === 'postgres' ? native.url : '' },
    sandboxUrl: scene.sandboxed.sandbox.url,
    vaultKey: scene.sandboxed.vaultKey.toString('hex'),
    leaseSeconds: LEASE_SECONDS,
    fallsAsleepAt,
  } satisfies Sleep)
  return child
}

const sweepNow = (faults: unknown[] = []) =>
  sweep({ db: db(), requestTimeoutSeconds: 0.3, graceSeconds: 3600, report: (fault) => faults.push(fault) })

/** Everything that a worker writes, and everything it asks. */
async function traces(runId: number, tenant: SeededTenant, directory: LiveDirectory) {
  const rows = async (statement: ReturnType<typeof sql>) => (await statement.execute(db())).rows
  return {
    run: await rows(sql`select * from operation_runs where id = ${runId}`),
    audit: await rows(sql`select * from audit_records where run_id = ${runId} order by id`),
    told: await rows(sql`select * from notifications where run_id = ${runId}`),
    groups: await rows(sql`select * from directory_groups where tenant_id = ${tenant.id} order by group_id`),
    state: await rows(sql`select * from sync_states where tenant_id = ${tenant.id}`),
    connection: await rows(sql`select * from provider_connections where tenant_id = ${tenant.id}`),
    asked: [directory.graphRequests, directory.traffic.exchanges, ...directory.traffic.lately],
  }
}

test('a worker that was suspended past its lease finds its run finished by another, writes nothing and asks nothing', async () => {
  const { directory, tenant } = await scene.tenantWithGroups(2)
  directory.faults.slowMs = 150
  const runId = await scene.start(tenant)
  const asleep = worksOn(runId)
  await expect.poll(async () => (await scene.run(runId)).progress_done, { interval: 20 }).toBeGreaterThan(3)
  asleep.kill('SIGSTOP')

  const early = await sweepNow()
  await expect.poll(async () => (await sweepNow()).requeued, { interval: 100 }).toBe(1)
  directory.faults.slowMs = 0
  await scene.workThrough(runId)
  expect(await scene.run(runId)).toMatchObject({ outcome: 'succeeded', fencing_token: 3 })
  expect(await scene.present(tenant)).toEqual(scene.truth(directory))
  const before = await traces(runId, tenant, directory)

  asleep.kill('SIGCONT')
  expect(await once(asleep, 'exit')).toEqual([0, null])

  expect(early).toMatchObject({ requeued: 0, ended: 0 })
  expect(await traces(runId, tenant, directory)).toEqual(before)
  expect(before.told).toHaveLength(1)
})

test('one that is suspended inside the commit that ends its run lets go of it when the server does, and has ended nothing', async () => {
  const { directory, tenant } = await scene.tenantWithGroups(7)
  const runId = await scene.start(tenant)
  const asleep = worksOn(runId, 'in_finish')
  const inTransaction = async () => {
    const { rows } = await sql<{ pid: number }>`
      select a.pid from pg_stat_activity a join pg_locks l on l.pid = a.pid
      where a.datname = current_database() and a.state = 'idle in transaction'
        and l.relation = 'provider_connections'::regclass group by a.pid`.execute(db())
    return rows
  }
  await expect.poll(async () => (await inTransaction()).length, { interval: 20 }).toBe(1)

  await expect.poll(async () => (await sweepNow()).requeued, { interval: 100 }).toBe(1)
  for (const { pid } of await inTransaction())
    await sql`select pg_terminate_backend(${pid}::int)`.execute(db())
  await scene.workThrough(runId)
  expect(await scene.run(runId)).toMatchObject({ outcome: 'succeeded' })
  const before = await traces(runId, tenant, directory)

  asleep.kill('SIGCONT')
  expect(await once(asleep, 'exit')).toEqual([0, null])

  expect(await traces(runId, tenant, directory)).toEqual(before)
  expect(before.told).toHaveLength(1)
})

test('the server lets go of what is suspended inside a transaction by itself, after half a minute', async () => {
  const { rows } = await sql`show idle_in_transaction_session_timeout`.execute(db())
  expect(rows).toEqual([{ idle_in_transaction_session_timeout: '30s' }])
})
