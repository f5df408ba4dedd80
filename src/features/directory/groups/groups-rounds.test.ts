import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import {
  type GroupsScene,
  groupsScene,
  type Meanwhile,
  type RunRow,
} from '../../../../tests/world/groups-scene.ts'
import type { SeededTenant } from '../../../../tests/world/world.ts'
import { sweep, workOn } from '../../../engine/worker/index.ts'
import type { LiveDirectory } from '../../../sandbox/directory.ts'
import { createGroup, deleteGroup, renameGroup, restoreGroup } from '../../../sandbox/groups.ts'
import { groupIdOf } from '../../../sandbox/made-up-groups.ts'

const ROUNDS = 200
/** Every so many rounds Microsoft takes the link to changes no more. */
const ANEW_EVERY = 9

let scene: GroupsScene
beforeAll(async () => {
  scene = await groupsScene(1)
})
afterAll(() => scene?.close())

type Cut = 'shutdown' | 'stopped' | 'database' | 'network'

class Stopped extends Error {}

/** What goes wrong at a page, for a worker that comes so far; `came` is told when it does. */
const cutAt = (page: number, directory: LiveDirectory, came: () => void): Record<Cut, Meanwhile> => {
  const atPage = <Rest extends unknown[]>(goWrong: (...rest: Rest) => unknown) => {
    return async (at: number, ...rest: Rest) => {
      if (at !== page) return
      came()
      await goWrong(...rest)
    }
  }
  return {
    /** The process is told to leave after it; another one goes on. */
    shutdown: { afterPage: atPage((worker) => worker.shutDown()) },
    /** The code stops in its commit. */
    stopped: { inPage: atPage(() => Promise.reject(new Stopped())) },
    /** The database ends the session in its commit. */
    database: { inPage: atPage((tx) => sql`select pg_terminate_backend(pg_backend_pid())`.execute(tx)) },
    /** The connections to Microsoft are dropped after it, for a moment. */
    network: {
      afterPage: atPage(() => {
        directory.faults.unreachable = true
        setTimeout(() => delete directory.faults.unreachable, 300)
      }),
    },
  }
}

test('after two hundred rounds of changes by chance, some of them cut, the rows are the truth', async () => {
  const { directory, tenant } = await scene.tenantWithGroups(2)
  const chance = chances(20_261_123)
  const cuts = new Set<string>()
  await scene.synced(tenant)
  for (let round = 0; round < ROUNDS; round++) {
    for (let change = 0; change < 1 + chance(8); change++) changeSomething(directory, chance)
    directory.faults.emptyPages = chance(3) === 0
    const isAnew = round % ANEW_EVERY === 0
    if (isAnew) directory.faults.lostSyncState = chance(2) === 0 ? 'gone' : 'not_found'
    const cut = cutOf(round, chance)
    const came = () => cuts.add(`${cut} while ${isAnew ? 'all' : 'changes'} are read`)
    const id = await scene.start(tenant)

    const page = cut === 'network' ? 1 : 1 + chance(3)
    await workOn(scene.workerWhile(cut ? cutAt(page, directory, came)[cut] : {}), id)
    const run = await endOf(id, tenant, cut)

    delete directory.faults.lostSyncState
    expect(run.outcome, `round ${round}`).toBe('succeeded')
    expect(await scene.present(tenant), `round ${round}`).toEqual(scene.truth(directory))
  }
  const all = Object.keys(cutAt(1, directory, () => {})).map((cut) => `${cut} while all are read`)
  expect([...cuts].sort()).toEqual([...all, ...all.map((cut) => cut.replace('all', 'changes'))].sort())
})

/** Somebody goes on with a run that was given back or left; after one that failed for its cut the next one reads. */
async function endOf(id: number, tenant: SeededTenant, cut: Cut | null): Promise<RunRow> {
  const { db } = scene.world.database
  const left = await scene.run(id)
  if (left.status === 'running' && cut === 'database') {
    await sql`update operation_runs set lease_until = now() - interval '1 hour' where id = ${id}`.execute(db)
    await sweep({
      db,
      requestTimeoutSeconds: 30,
      graceSeconds: 3600,
      report: (fault) => expect.fail(`${fault}`),
    })
  }
  const run = await scene.run(id)
  if (run.status === 'queued') await scene.workThrough(id)
  return run.outcome === 'failed' && cut === 'stopped' ? scene.synced(tenant) : scene.run(id)
}

/** Which way a round is cut, if it is; the network seldom, because the product waits before it asks again. */
function cutOf(round: number, chance: (below: number) => number): Cut | null {
  if (round % 25 === 0) return 'network'
  const others: Cut[] = ['shutdown', 'stopped', 'database']
  return chance(3) === 0 || round % ANEW_EVERY === 0 ? (others[chance(3)] ?? null) : null
}

/** Numbers below a limit, the same ones for the same seed. */
function chances(seed: number): (below: number) => number {
  let state = seed
  return (below) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return Math.floor((state / 2 ** 32) * below)
  }
}

function changeSomething(directory: LiveDirectory, chance: (below: number) => number): void {
  const id = groupIdOf(directory.id, chance(directory.groups.count))
  const what = chance(5)
  if (what === 0) createGroup(directory, `Group ${directory.groups.version}`, 'distribution')
  else if (what === 1) renameGroup(directory, id, `Renamed ${directory.groups.version}`)
  else if (what === 2) deleteGroup(directory, id, 'soft_deleted')
  else if (what === 3) deleteGroup(directory, id, 'deleted')
  else restoreGroup(directory, id)
}
