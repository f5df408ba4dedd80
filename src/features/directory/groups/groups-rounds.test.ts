import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Cut, chances, cutAt, endOf } from '../../../../tests/world/cuts.ts'
import { type GroupsScene, groupsScene } from '../../../../tests/world/groups-scene.ts'
import { workOn } from '../../../engine/worker/index.ts'
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
    const run = await endOf(scene, id, tenant, cut)

    delete directory.faults.lostSyncState
    expect(run.outcome, `round ${round}`).toBe('succeeded')
    expect(await scene.present(tenant), `round ${round}`).toEqual(scene.truth(directory))
  }
  const all = Object.keys(cutAt(1, directory, () => {})).map((cut) => `${cut} while all are read`)
  expect([...cuts].sort()).toEqual([...all, ...all.map((cut) => cut.replace('all', 'changes'))].sort())
})

/** Which way a round is cut, if it is; the network seldom, because the product waits before it asks again. */
function cutOf(round: number, chance: (below: number) => number): Cut | null {
  if (round % 25 === 0) return 'network'
  const others: Cut[] = ['shutdown', 'stopped', 'database']
  return chance(3) === 0 || round % ANEW_EVERY === 0 ? (others[chance(3)] ?? null) : null
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
