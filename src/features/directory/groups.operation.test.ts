import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Sandboxed, startSandboxed } from '../../../tests/world/sandboxed.ts'
import { type TestWorker, workerOf } from '../../../tests/world/workers.ts'
import { openWorld, type World } from '../../../tests/world/world.ts'
import type { PersonalActor } from '../../access/index.ts'
import { type Runner, sweep, workOn } from '../../engine/worker/index.ts'
import { createGroup, deleteGroup, everyGroup, renameGroup, restoreGroup } from '../../sandbox/groups.ts'
import { groupIdOf } from '../../sandbox/made-up-groups.ts'

const SYNC = 'directory.groups.sync'

let world: World
let sandboxed: Sandboxed
let workspaceId: number
let owner: PersonalActor
beforeAll(async () => {
  world = await openWorld('postgres')
  sandboxed = await startSandboxed(12)
  workspaceId = await world.workspace()
  owner = await world.person(workspaceId, 'owner')
})
afterAll(async () => {
  await sandboxed?.stop()
  await world?.close()
})

/** A tenant whose directory has so many groups on every page, and twenty in all. */
async function tenantWithGroups(onEachPage = 7) {
  const tenant = await sandboxed.connect(world, owner, workspaceId)
  await sandboxed.store(world, owner, tenant.connectionId, {
    kind: 'client_secret',
    value: tenant.secret,
    expiresAt: null,
  })
  const directory = sandboxed.sandbox.world.directory(tenant.directoryId)
  directory.apps[0]?.granted.push('Group.Read.All')
  directory.faults.groupsPageSize = onEachPage
  await sandboxed.run(world, owner, tenant, 'provider.connection.check')
  return { tenant, directory }
}

type Tenant = Awaited<ReturnType<typeof tenantWithGroups>>['tenant']
type Directory = Awaited<ReturnType<typeof tenantWithGroups>>['directory']

async function synced(tenant: Tenant) {
  const { id } = await sandboxed.run(world, owner, tenant, SYNC)
  return runRow(id)
}

const runRow = (id: number) =>
  world.database.db
    .selectFrom('operation_runs')
    .select(['id', 'outcome', 'counts', 'reason', 'progress_done', 'checkpoint', 'fencing_token', 'status'])
    .where('id', '=', id)
    .executeTakeFirstOrThrow()

/** The groups that we show as present. */
const presentRows = ({ id }: Tenant) =>
  world.database.db
    .selectFrom('directory_groups')
    .select(['group_id as id', 'display_name as displayName', 'mail', 'kind', 'membership_rule as rule'])
    .where('tenant_id', '=', id)
    .where('gone_since', 'is', null)
    .orderBy('group_id')
    .execute()

const truth = (directory: Directory) =>
  everyGroup(directory)
    .map(({ displayName, groupTypes = [], id, mail, mailEnabled, membershipRule, securityEnabled }) => ({
      id,
      displayName,
      mail,
      kind: groupTypes.includes('Unified')
        ? 'microsoft_365'
        : mailEnabled
          ? securityEnabled
            ? 'mail_enabled_security'
            : 'distribution'
          : 'security',
      rule: groupTypes.includes('DynamicMembership') ? membershipRule : null,
    }))
    .sort((a, b) => ((a.id ?? '') < (b.id ?? '') ? -1 : 1))

const rowOf = async ({ id }: Tenant, groupId: string) =>
  world.database.db
    .selectFrom('directory_groups')
    .selectAll()
    .where('tenant_id', '=', id)
    .where('group_id', '=', groupId)
    .executeTakeFirst()

const start = async (tenant: Tenant): Promise<number> => {
  const answer = await world.start(owner, tenant, SYNC)
  if (answer.kind !== 'decided' || answer.outcome.kind !== 'accepted') throw new Error('It was not accepted.')
  return answer.outcome.run.id
}

/** A worker that carries out the sync, and is told after each page that it wrote. */
function workerTold(afterPage: (pages: number, worker: TestWorker) => Promise<void>): TestWorker {
  const real = sandboxed.runners.get(SYNC)
  if (!real) throw new Error('Nothing carries the sync out.')
  let pages = 0
  const runner: Runner = (work) =>
    real({
      ...work,
      page: async (write) => {
        await work.page(write)
        pages += 1
        await afterPage(pages, worker)
      },
    })
  const worker: TestWorker = workerOf(world, runner, { runners: new Map([[SYNC, runner]]) })
  return worker
}

const workThrough = (id: number) =>
  workOn(
    workerTold(async () => {}),
    id,
  )

test('the first sync reads every group, whatever its kind, and tells how many', async () => {
  const { directory, tenant } = await tenantWithGroups()

  const run = await synced(tenant)

  expect(run).toMatchObject({ outcome: 'succeeded', counts: { seen: 20, created: 20, changed: 0, gone: 0 } })
  expect(await presentRows(tenant)).toEqual(truth(directory))
  expect(new Set((await presentRows(tenant)).map(({ kind }) => kind)).size).toBe(4)
  expect((await presentRows(tenant)).some(({ rule }) => rule !== null)).toBe(true)
})

test('a later sync reads only what has changed', async () => {
  const { directory, tenant } = await tenantWithGroups()
  await synced(tenant)
  const [first, second, third] = [0, 1, 2].map((index) => groupIdOf(directory.id, index)) as [
    string,
    string,
    string,
  ]
  renameGroup(directory, first, 'Sales Europe')
  deleteGroup(directory, second, 'soft_deleted')
  deleteGroup(directory, third, 'deleted')
  const added = createGroup(directory, 'Newcomers', 'microsoft_365')

  const run = await synced(tenant)

  expect(run.counts).toEqual({ seen: 2, created: 1, changed: 1, unchanged: 0, gone: 2 })
  expect(await presentRows(tenant)).toEqual(truth(directory))
  expect(await rowOf(tenant, second)).toMatchObject({ gone_how: 'soft_deleted' })
  expect(await rowOf(tenant, third)).toMatchObject({ gone_how: 'deleted' })
  expect(await rowOf(tenant, added.id ?? '')).toMatchObject({ kind: 'microsoft_365', gone_since: null })

  restoreGroup(directory, second)
  expect((await synced(tenant)).counts).toMatchObject({ seen: 1, created: 0, changed: 1 })
  expect(await rowOf(tenant, second)).toMatchObject({ gone_since: null, gone_how: null })
  expect((await synced(tenant)).counts).toMatchObject({ seen: 0, gone: 0 })
})

test('after fifty rounds of changes by chance the rows are the truth', async () => {
  const { directory, tenant } = await tenantWithGroups(3)
  const chance = chances(20_261_123)
  await synced(tenant)
  for (let round = 0; round < 50; round++) {
    for (let change = 0; change < 1 + chance(6); change++) changeSomething(directory, chance)
    directory.faults.emptyPages = chance(3) === 0
    expect((await synced(tenant)).outcome, `round ${round}`).toBe('succeeded')
    expect(await presentRows(tenant), `round ${round}`).toEqual(truth(directory))
  }
})

describe.each(['gone', 'not_found'] as const)('a link to changes that is refused as %s', (how) => {
  test('leads to one full reading, and what does not come back is gone', async () => {
    const { directory, tenant } = await tenantWithGroups()
    await synced(tenant)
    const lost = groupIdOf(directory.id, 4)
    deleteGroup(directory, lost, 'deleted')
    renameGroup(directory, groupIdOf(directory.id, 5), 'Renamed meanwhile')
    directory.faults.lostSyncState = how

    const run = await synced(tenant)

    expect(run).toMatchObject({
      outcome: 'succeeded',
      counts: { seen: 19, created: 0, changed: 1, unchanged: 18, gone: 1 },
    })
    expect(await presentRows(tenant)).toEqual(truth(directory))
    expect(await rowOf(tenant, lost)).toMatchObject({ gone_how: 'not_returned' })

    directory.faults = { groupsPageSize: 7 }
    renameGroup(directory, groupIdOf(directory.id, 6), 'Renamed later')
    expect((await synced(tenant)).counts).toMatchObject({ seen: 1, changed: 1 })
  })
})

describe('a sync that is cut between two pages', () => {
  test('goes on behind the last page that was written, and ends exact', async () => {
    const { directory, tenant } = await tenantWithGroups(3)
    const id = await start(tenant)
    const before = directory.graphRequests
    await workOn(
      workerTold(async (pages, worker) => {
        if (pages === 4) worker.shutDown()
      }),
      id,
    )
    expect(await runRow(id)).toMatchObject({ status: 'queued', progress_done: 9 })
    const asked = directory.graphRequests - before

    await workThrough(id)

    expect(await runRow(id)).toMatchObject({ outcome: 'succeeded', counts: { seen: 20, created: 20 } })
    expect(await presentRows(tenant)).toEqual(truth(directory))
    expect(asked + 4).toBe(directory.graphRequests - before)
  })

  test('writes nothing any more once another worker has it', async () => {
    const { directory, tenant } = await tenantWithGroups(3)
    const id = await start(tenant)
    const [hasBegun, goOn] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()]
    const second = workerTold(async (pages) => {
      if (pages > 1) return
      hasBegun.resolve()
      await goOn.promise
    })
    let secondEnded: Promise<void> | undefined
    const late = workerTold(async (pages) => {
      if (pages !== 3) return
      await takeAway(id)
      secondEnded = workOn(second, id)
      await hasBegun.promise
      renameGroup(directory, groupIdOf(directory.id, 8), 'Only the late worker reads this')
    })

    await workOn(late, id)
    goOn.resolve()
    await secondEnded

    expect([...late.reported, ...second.reported]).toEqual([])
    expect(await runRow(id)).toMatchObject({ outcome: 'succeeded', fencing_token: 3, counts: { seen: 20 } })
    expect((await presentRows(tenant)).map(({ displayName }) => displayName)).not.toContain(
      'Only the late worker reads this',
    )
  })

  test('stops when somebody asks it to, and the next one begins anew', async () => {
    const { directory, tenant } = await tenantWithGroups(3)
    const id = await start(tenant)
    await workOn(
      workerTold(async (pages) => {
        if (pages === 3)
          await sql`update operation_runs set cancel_requested_at = now(), cancelled_by = 'Owner One' where id = ${id}`.execute(
            world.database.db,
          )
      }),
      id,
    )
    expect(await runRow(id)).toMatchObject({ outcome: 'cancelled', progress_done: 9 })
    deleteGroup(directory, groupIdOf(directory.id, 1), 'deleted')

    expect((await synced(tenant)).outcome).toBe('succeeded')

    expect(await presentRows(tenant)).toEqual(truth(directory))
  })
})

/** Lets a run look silent, so that a sweep gives it to another worker. */
async function takeAway(id: number): Promise<void> {
  const { db } = world.database
  await sql`update operation_runs set lease_until = now() - interval '1 hour' where id = ${id}`.execute(db)
  const report = (fault: unknown) => {
    throw fault
  }
  await sweep({ db, requestTimeoutSeconds: 0, graceSeconds: 15, report })
}

test('a group that changes while all are read is not lost', async () => {
  const { directory, tenant } = await tenantWithGroups(3)
  const id = await start(tenant)
  await workOn(
    workerTold(async (pages) => {
      if (pages !== 3) return
      renameGroup(directory, groupIdOf(directory.id, 0), 'Renamed behind the reader')
      deleteGroup(directory, groupIdOf(directory.id, 2), 'soft_deleted')
    }),
    id,
  )

  await synced(tenant)

  expect(await presentRows(tenant)).toEqual(truth(directory))
})

test('without the permission nothing is shown as gone', async () => {
  const { directory, tenant } = await tenantWithGroups()
  await synced(tenant)
  const [app] = directory.apps
  if (app) app.granted = ['Organization.Read.All']
  directory.faults.rejectTokens = 1

  const run = await synced(tenant)

  expect(run).toMatchObject({ outcome: 'failed', reason: { code: 'provider_permission_missing' } })
  expect(await presentRows(tenant)).toHaveLength(20)
})

/** Numbers below a limit, the same ones for the same seed. */
function chances(seed: number): (below: number) => number {
  let state = seed
  return (below) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return Math.floor((state / 2 ** 32) * below)
  }
}

function changeSomething(directory: Directory, chance: (below: number) => number): void {
  const id = groupIdOf(directory.id, chance(directory.groups.count))
  const what = chance(5)
  if (what === 0) createGroup(directory, `Group ${directory.groups.version}`, 'distribution')
  else if (what === 1) renameGroup(directory, id, `Renamed ${directory.groups.version}`)
  else if (what === 2) deleteGroup(directory, id, 'soft_deleted')
  else if (what === 3) deleteGroup(directory, id, 'deleted')
  else restoreGroup(directory, id)
}
