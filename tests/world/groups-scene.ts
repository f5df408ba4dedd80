import type { PersonalActor } from '../../src/access/index.ts'
import type { Db } from '../../src/database/index.ts'
import type { OperationCode } from '../../src/engine/catalog/index.ts'
import { type Runner, workOn } from '../../src/engine/worker/index.ts'
import type { LiveDirectory } from '../../src/sandbox/directory.ts'
import { type Sandboxed, startSandboxed } from './sandboxed.ts'
import { presentGroups, trueGroups } from './synced-groups.ts'
import { type TestWorker, workerOf } from './workers.ts'
import { openWorld, type SeededTenant, type World } from './world.ts'

const SYNC = 'directory.groups.sync'

/** What happens while a worker writes its pages, which are counted from one. */
export interface Meanwhile {
  /** In the commit of a page, after its rows. */
  inPage?(page: number, tx: Db): Promise<void>
  afterPage?(page: number, worker: TestWorker): Promise<void>
}

/** Tenants in a sandbox whose groups are synced, and a look at both sides. */
export interface GroupsScene {
  readonly world: World
  readonly sandboxed: Sandboxed
  /** A tenant whose directory has twenty groups, so many on every page. */
  tenantWithGroups(onEachPage?: number): Promise<{ tenant: SeededTenant; directory: LiveDirectory }>
  /** Starts the sync of groups, or another operation. */
  start(tenant: SeededTenant, operation?: OperationCode): Promise<number>
  /** A worker that carries out the sync while something else happens. */
  workerWhile(meanwhile: Meanwhile): TestWorker
  /** Carries out what was started, with nothing going wrong. */
  workThrough(runId: number): Promise<void>
  run(runId: number): Promise<RunRow>
  synced(tenant: SeededTenant): Promise<RunRow>
  checked(tenant: SeededTenant): Promise<RunRow>
  present(tenant: SeededTenant): ReturnType<typeof presentGroups>
  truth(directory: LiveDirectory): ReturnType<typeof trueGroups>
  close(): Promise<void>
}

export type RunRow = Awaited<ReturnType<typeof runRow>>

const runRow = (db: Db, id: number) =>
  db
    .selectFrom('operation_runs')
    .select(['id', 'outcome', 'counts', 'reason', 'progress_done', 'checkpoint', 'fencing_token', 'status'])
    .where('id', '=', id)
    .executeTakeFirstOrThrow()

/** Opens a scene on PostgreSQL with so many directories to be given away. */
export async function groupsScene(directories: number): Promise<GroupsScene> {
  const world = await openWorld('postgres')
  const sandboxed = await startSandboxed(directories)
  const workspaceId = await world.workspace()
  const owner = await world.person(workspaceId, 'owner')
  const { db } = world.database
  const workerWhile = (meanwhile: Meanwhile) => workerTold(world, sandboxed, meanwhile)
  return {
    world,
    sandboxed,
    tenantWithGroups: (onEachPage = 7) => tenantWithGroups(world, sandboxed, owner, workspaceId, onEachPage),
    start: (tenant, operation = SYNC) => accepted(world, owner, tenant, operation),
    workerWhile,
    workThrough: (id) => workOn(workerWhile({}), id),
    run: (id) => runRow(db, id),
    synced: async (tenant) => runRow(db, (await sandboxed.run(world, owner, tenant, SYNC)).id),
    checked: async (tenant) =>
      runRow(db, (await sandboxed.run(world, owner, tenant, 'provider.connection.check')).id),
    present: ({ id }) => presentGroups(db, id),
    truth: trueGroups,
    async close() {
      await sandboxed.stop()
      await world.close()
    },
  }
}

async function tenantWithGroups(
  world: World,
  sandboxed: Sandboxed,
  owner: PersonalActor,
  workspaceId: number,
  onEachPage: number,
) {
  const tenant = await sandboxed.connect(world, owner, workspaceId)
  const proof = { kind: 'client_secret', value: tenant.secret, expiresAt: null } as const
  await sandboxed.store(world, owner, tenant.connectionId, proof)
  const directory = sandboxed.sandbox.world.directory(tenant.directoryId)
  directory.apps[0]?.granted.push('Group.Read.All')
  directory.faults.groupsPageSize = onEachPage
  await sandboxed.run(world, owner, tenant, 'provider.connection.check')
  return { tenant, directory }
}

async function accepted(
  world: World,
  owner: PersonalActor,
  tenant: SeededTenant,
  operation: OperationCode,
): Promise<number> {
  const answer = await world.start(owner, tenant, operation)
  if (answer.kind !== 'decided' || answer.outcome.kind !== 'accepted') throw new Error('It was not accepted.')
  return answer.outcome.run.id
}

function workerTold(world: World, { runners }: Sandboxed, { afterPage, inPage }: Meanwhile): TestWorker {
  const real = runners.get(SYNC)
  if (!real) throw new Error('Nothing carries the sync out.')
  let pages = 0
  const runner: Runner = (work) =>
    real({
      ...work,
      page: async (write) => {
        await work.page(async (tx) => {
          const noted = await write(tx)
          await inPage?.(pages + 1, tx)
          return noted
        })
        pages += 1
        await afterPage?.(pages, worker)
      },
    })
  const worker: TestWorker = workerOf(world, runner, { runners: new Map([[SYNC, runner]]) })
  return worker
}
