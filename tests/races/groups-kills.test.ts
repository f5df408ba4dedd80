import { type ChildProcess, fork } from 'node:child_process'
import { randomBytes, randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, describe, expect, test } from 'vitest'
import { type Database, type DatabaseLocation, migrate, openDatabase } from '../../src/database/index.ts'
import { openQueue } from '../../src/engine/queue/index.ts'
import { credentialVault } from '../../src/providers/index.ts'
import type { LiveDirectory } from '../../src/sandbox/directory.ts'
import { contoso, type Sandbox, startSandbox } from '../../src/sandbox/index.ts'
import { connectTo } from '../world/connect-to.ts'
import { freshDatabase } from '../world/databases.ts'
import { expectInvariants } from '../world/invariants.ts'
import { presentGroups, trueGroups } from '../world/synced-groups.ts'
import { worldOn } from '../world/world-on.ts'
import type { Syncing } from './syncing.ts'

const ON_EACH_PAGE = 100

/** A process that waits for its work, so that the next one need not load everything first. */
let heir: ChildProcess | undefined
afterAll(() => heir?.kill('SIGKILL'))

const beget = () =>
  fork(fileURLToPath(new URL('syncing.ts', import.meta.url)), { execArgv: ['--import', 'tsx'] })

async function microsoftWith(groups: number): Promise<{ sandbox: Sandbox; directory: LiveDirectory }> {
  const given = contoso({ id: randomUUID(), groups, faults: { groupsPageSize: ON_EACH_PAGE } })
  for (const app of given.apps) app.granted.push('Group.Read.All')
  const sandbox = await startSandbox({ port: 0, directories: [given] })
  return { sandbox, directory: sandbox.world.directory(given.id) }
}

/** A first sync that was started, and on which nobody has worked yet. */
async function started(
  database: Database,
  at: DatabaseLocation,
  { directory, sandbox }: Awaited<ReturnType<typeof microsoftWith>>,
): Promise<Syncing & { tenantId: number }> {
  const world = worldOn(database)
  const vaultKey = randomBytes(32)
  const workspace = await world.workspace()
  const owner = await world.person(workspace, 'owner')
  const [app] = directory.apps
  const tenant = await connectTo(world, credentialVault(vaultKey), owner, workspace, {
    id: directory.id,
    clientId: app?.clientId ?? '',
    secret: app?.secrets[0]?.value ?? '',
  })
  const answer = await world.start(owner, tenant, 'directory.groups.sync')
  if (answer.kind !== 'decided' || answer.outcome.kind !== 'accepted')
    throw new Error(`It was not accepted: ${JSON.stringify(answer)}`)
  const runId = answer.outcome.run.id
  return {
    runId,
    tenantId: tenant.id,
    database: at,
    sandboxUrl: sandbox.url,
    vaultKey: vaultKey.toString('hex'),
  }
}

/** Kills so many processes, each somewhere in its part of the pages, and lets a last one come to the end. */
async function killedOnItsWay(syncing: Syncing, directory: LiveDirectory, kills: number): Promise<void> {
  const pages = directory.groups.count / ON_EACH_PAGE
  for (let kill = 0; kill < kills; kill++) {
    const child = takesOver(syncing)
    const gone = once(child, 'exit')
    const least = kill + ((kill + Math.random()) * pages * 0.95) / kills
    while (directory.graphRequests < least && child.exitCode === null) await pause(1)
    await pause(Math.random() * 15)
    child.kill('SIGKILL')
    expect(await gone).toEqual([null, 'SIGKILL'])
  }
  expect(await once(takesOver(syncing), 'exit')).toEqual([0, null])
}

function takesOver(syncing: Syncing): ChildProcess {
  const child = heir ?? beget()
  heir = beget()
  child.send(syncing)
  return child
}

const pause = (milliseconds: number) => new Promise((resolve) => setTimeout(resolve, milliseconds))

/** The run has succeeded with exact rows, and no page was asked for more often than processes died over it. */
async function expectExact(
  { db }: Database,
  { runId, tenantId }: { runId: number; tenantId: number },
  directory: LiveDirectory,
  kills: number,
): Promise<void> {
  const { count } = directory.groups
  const run = await db
    .selectFrom('operation_runs')
    .select(['outcome', 'reason', 'counts', 'attempt'])
    .where('id', '=', runId)
    .executeTakeFirstOrThrow()
  expect(run).toEqual({
    outcome: 'succeeded',
    reason: null,
    counts: { seen: count, created: count, changed: 0, unchanged: 0, gone: 0 },
    attempt: 1,
  })
  const [ours, theirs] = [await presentGroups(db, tenantId), trueGroups(directory)]
  expect(ours.length).toBe(theirs.length)
  expect(ours.findIndex((group, index) => JSON.stringify(group) !== JSON.stringify(theirs[index]))).toBe(-1)
  expect(directory.graphRequests).toBeGreaterThanOrEqual(count / ON_EACH_PAGE)
  expect(directory.graphRequests).toBeLessThanOrEqual(count / ON_EACH_PAGE + kills)
  await expectInvariants(db)
}

describe('a sync of groups whose processes are killed at any moment', () => {
  test('ends with every group, on PostgreSQL after twenty deaths, and repeats one page for each at most', async () => {
    const database = await freshDatabase('postgres')
    const microsoft = await microsoftWith(50_000)
    try {
      const { native } = database
      if (native.kind !== 'postgres') throw new Error('It is another database.')
      const syncing = await started(database, { kind: 'postgres', url: native.url }, microsoft)

      await killedOnItsWay(syncing, microsoft.directory, 20)

      await expectExact(database, syncing, microsoft.directory, 20)
    } finally {
      await microsoft.sandbox.stop()
      await database.close()
    }
  })

  test('ends with every group, on the embedded database after five deaths, and repeats one page for each at most', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'tenantpilot-groups-kills-'))
    const microsoft = await microsoftWith(5000)
    try {
      const at = { kind: 'embedded', directory: join(folder, 'data') } as const
      const before = await openDatabase(at)
      await migrate(before.db)
      await (await openQueue(before, () => {})).stop()
      const syncing = await started(before, at, microsoft)
      await before.close()

      await killedOnItsWay(syncing, microsoft.directory, 5)

      const after = await openDatabase(at)
      await expectExact(after, syncing, microsoft.directory, 5).finally(() => after.close())
    } finally {
      await microsoft.sandbox.stop()
      rmSync(folder, { recursive: true, force: true })
    }
  })
})
