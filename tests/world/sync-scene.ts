import type { PersonalActor } from '../../src/access/index.ts'
import type { Db } from '../../src/database/index.ts'
import type { OperationCode } from '../../src/engine/catalog/index.ts'
import { type Runner, workOn } from '../../src/engine/worker/index.ts'
import type { LiveDirectory, SandboxDirectory } from '../../src/sandbox/directory.ts'
import type { Engine } from './databases.ts'
import { type Sandboxed, startSandboxed } from './sandboxed.ts'
import { type TestWorker, workerOf } from './workers.ts'
import { openWorld, type SeededTenant, type World } from './world.ts'

/** What happens while a worker writes its pages, which are counted from one. */
export interface Meanwhile {
  /** In the commit of a page, after its rows. */
  inPage?(page: number, tx: Db): Promise<void>
  afterPage?(page: number, worker: TestWorker): Promise<void>
}

/** Tenants in a sandbox, one operation that reads them page by page, and what becomes of its runs. */
export interface SyncScene {
  readonly world: World
  readonly sandboxed: Sandboxed
  /** A tenant whose app may do this and was checked. */
  tenant(granted: readonly string[], change?: (directory: LiveDirectory) => void): Promise<SyncedTenant>
  /** Starts the operation of the scene, or another. */
  start(tenant: SeededTenant, operation?: OperationCode): Promise<number>
  /** A worker that carries out the operation while something else happens. */
  workerWhile(meanwhile: Meanwhile): TestWorker
  /** Carries out what was started, with nothing going wrong. */
  workThrough(runId: number): Promise<void>
  run(runId: number): Promise<RunRow>
  synced(tenant: SeededTenant): Promise<RunRow>
  checked(tenant: SeededTenant): Promise<RunRow>
  close(): Promise<void>
}

export interface SyncedTenant {
  readonly tenant: SeededTenant
  readonly directory: LiveDirectory
}

export type RunRow = Awaited<ReturnType<typeof runRow>>

const runRow = (db: Db, id: number) =>
  db
    .selectFrom('operation_runs')
    .select([
      'id',
      'outcome',
      'counts',
      'reason',
      'failures',
      'progress_done',
      'checkpoint',
      'fencing_token',
      'status',
    ])
    .where('id', '=', id)
    .executeTakeFirstOrThrow()

/** Opens a scene, on PostgreSQL unless told otherwise, with so many directories to be given away. */
export async function syncScene(
  operation: OperationCode,
  directories: number,
  each: Partial<SandboxDirectory> = {},
  engine: Engine = 'postgres',
): Promise<SyncScene> {
  const world = await openWorld(engine)
  const sandboxed = await startSandboxed(directories, each)
  const workspaceId = await world.workspace()
  const owner = await world.person(workspaceId, 'owner')
  const { db } = world.database
  const workerWhile = (meanwhile: Meanwhile) => workerTold(world, sandboxed, operation, meanwhile)
  return {
    world,
    sandboxed,
    async tenant(granted, change) {
      const tenant = await sandboxed.connect(world, owner, workspaceId)
      const proof = { kind: 'client_secret', value: tenant.secret, expiresAt: null } as const
      await sandboxed.store(world, owner, tenant.connectionId, proof)
      const directory = sandboxed.sandbox.world.directory(tenant.directoryId)
      directory.apps[0]?.granted.push(...granted)
      change?.(directory)
      await sandboxed.run(world, owner, tenant, 'provider.connection.check')
      return { tenant, directory }
    },
    start: (tenant, another = operation) => accepted(world, owner, tenant, another),
    workerWhile,
    workThrough: (id) => workOn(workerWhile({}), id),
    run: (id) => runRow(db, id),
    synced: async (tenant) => runRow(db, (await sandboxed.run(world, owner, tenant, operation)).id),
    checked: async (tenant) =>
      runRow(db, (await sandboxed.run(world, owner, tenant, 'provider.connection.check')).id),
    async close() {
      await sandboxed.stop()
      await world.close()
    },
  }
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

function workerTold(
  world: World,
  { runners }: Sandboxed,
  operation: OperationCode,
  { afterPage, inPage }: Meanwhile,
): TestWorker {
  const real = runners.get(operation)
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
  const worker: TestWorker = workerOf(world, runner, { runners: new Map([[operation, runner]]) })
  return worker
}
