/** A process of its own that carries out syncs as the product does, and reads the same pages for nothing. */
import { randomBytes } from 'node:crypto'
import { readFileSync, writeFileSync } from 'node:fs'
import { sql } from 'kysely'
import type { PersonalActor } from '../../src/access/index.ts'
import { type Database, type DatabaseLocation, migrate, openDatabase } from '../../src/database/index.ts'
import type { OperationCode } from '../../src/engine/catalog/index.ts'
import { openQueue } from '../../src/engine/queue/index.ts'
import { type Runner, workOn } from '../../src/engine/worker/index.ts'
import { snapshotCompliance } from '../../src/features/compliance/index.ts'
import { checkConnection } from '../../src/features/connections/index.ts'
import { syncGroups } from '../../src/features/directory/index.ts'
import { syncInventory } from '../../src/features/inventory/index.ts'
import { cloudProfile, createTokenCache } from '../../src/graph/index.ts'
import { credentialVault, type ProviderAccess } from '../../src/providers/index.ts'
import { connectTo } from '../world/connect-to.ts'
import type { SeededTenant } from '../world/start-ask.ts'
import { workerOf } from '../world/workers.ts'
import { type World, worldOn } from '../world/world-on.ts'
import { readAndDrop, readAsWeDo } from './read-and-drop.ts'
import { dropDevices, dropPolicies, readDevices, readPolicies } from './read-intune.ts'
import type { BenchDirectory } from './sync-sandbox.ts'

export type ToWorker =
  | {
      readonly kind: 'open'
      readonly at: DatabaseLocation
      readonly sandboxUrl: string
      readonly directory: BenchDirectory
    }
  /** Forgets everything that was read, so that the next sync is a first one. */
  | { readonly kind: 'forget' }
  | { readonly kind: 'sync' | 'read' | 'read_as_we_do'; readonly what?: What }
  | { readonly kind: 'memory' }
  | { readonly kind: 'close' }

/** What is read: groups unless told otherwise. */
export type What = 'groups' | 'devices' | 'policies'

/** What a sync came to, and how long its work took in milliseconds. */
export interface Synced {
  readonly ms: number
  readonly counts: Readonly<Record<string, number>>
}

/** In megabytes: what the process has now and had at most, and what the embedded database holds of it. */
export interface Memory {
  readonly resident: number
  readonly peak: number
  readonly embedded: number
}

const CHECK = 'provider.connection.check'
const SYNC = {
  groups: 'directory.groups.sync',
  devices: 'compliance.snapshot',
  policies: 'inventory.sync',
} as const
const READ = { groups: readAndDrop, devices: dropDevices, policies: dropPolicies } as const
const READ_AS_WE_DO = { groups: readAsWeDo, devices: readDevices, policies: readPolicies } as const

interface Scene {
  readonly world: World
  readonly owner: PersonalActor
  readonly tenant: SeededTenant
  readonly runners: ReadonlyMap<OperationCode, Runner>
  readonly microsoft: { readonly url: string; readonly directory: BenchDirectory }
}

let database: Database
let scene: Scene

process.on('message', async (told: ToWorker) => process.send?.((await answer(told)) ?? null))

async function answer(told: ToWorker): Promise<unknown> {
  switch (told.kind) {
    case 'open':
      return opened(told)
    case 'forget':
      return forget(database)
    case 'sync':
      return run(SYNC[told.what ?? 'groups'])
    case 'read':
      return timed(READ[told.what ?? 'groups'])
    case 'read_as_we_do':
      return timed(READ_AS_WE_DO[told.what ?? 'groups'])
    case 'memory':
      return memory(database)
    case 'close':
      return database.close()
  }
}

async function opened({ at, directory, sandboxUrl }: ToWorker & { kind: 'open' }): Promise<void> {
  database = await openDatabase(at)
  await migrate(database.db)
  await (await openQueue(database, () => {})).stop()
  const world = worldOn(database)
  const workspace = await world.workspace()
  const owner = await world.person(workspace, 'owner')
  const providers: ProviderAccess = {
    profile: cloudProfile('sandbox', { authorityBaseUrl: sandboxUrl, graphBaseUrl: sandboxUrl }),
    vault: credentialVault(randomBytes(32)),
    tokens: createTokenCache(),
    platform: null,
  }
  const runners = new Map<OperationCode, Runner>([
    [CHECK, checkConnection(providers, Object.values(SYNC))],
    [SYNC.groups, syncGroups(providers)],
    [SYNC.devices, snapshotCompliance(providers)],
    [SYNC.policies, syncInventory(providers)],
  ])
  const tenant = await connectTo(world, providers.vault, owner, workspace, directory)
  scene = { world, owner, tenant, runners, microsoft: { url: sandboxUrl, directory } }
  await run(CHECK)
}

type Reads = (url: string, directory: BenchDirectory) => Promise<unknown>

async function timed(read: Reads): Promise<number> {
  const began = performance.now()
  await read(scene.microsoft.url, scene.microsoft.directory)
  return performance.now() - began
}

/** Starts an operation through the gate, and times the work on it. */
async function run(operation: OperationCode): Promise<Synced> {
  const { owner, runners, tenant, world } = scene
  const answer = await world.start(owner, tenant, operation)
  if (answer.kind !== 'decided' || answer.outcome.kind !== 'accepted')
    throw new Error(`${operation} was not accepted: ${JSON.stringify(answer)}`)
  const { id } = answer.outcome.run
  const worker = workerOf(world, async () => Promise.reject(new Error('Nobody asked for this')), { runners })
  const began = performance.now()
  await workOn(worker, id)
  const ms = performance.now() - began
  const { counts, outcome } = await world.database.db
    .selectFrom('operation_runs')
    .select(['outcome', 'counts'])
    .where('id', '=', id)
    .executeTakeFirstOrThrow()
  if (outcome !== 'succeeded') throw new Error(`${operation} ended ${outcome}: ${worker.reported[0]?.fault}`)
  return { ms, counts: counts as Synced['counts'] }
}

async function forget({ db }: Database): Promise<void> {
  await sql`truncate directory_groups`.execute(db)
  await sql`delete from sync_states`.execute(db)
  await sql`truncate compliance_devices, compliance_changes, compliance_device_counts, compliance_snapshots`.execute(
    db,
  )
  await sql`truncate inventory_items, inventory_readings`.execute(db)
  await sql`checkpoint`.execute(db)
}

/** What the process has; from now on its peak is counted anew. */
function memory({ native }: Database): Memory {
  const status = readFileSync('/proc/self/status', 'utf8')
  const field = (name: string) => Number(new RegExp(`^${name}:\\s+(\\d+)`, 'm').exec(status)?.[1] ?? 0) / 1024
  const embedded = native.kind === 'embedded' ? native.pglite.Module.HEAPU8.length / 2 ** 20 : 0
  writeFileSync('/proc/self/clear_refs', '5')
  return { resident: field('VmRSS'), peak: field('VmHWM'), embedded }
}
