import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Cut, chances, cutAt, endOf } from '../../../tests/world/cuts.ts'
import { type InventoryScene, inventoryScene } from '../../../tests/world/inventory-scene.ts'
import { KIND_OF, truePolicies } from '../../../tests/world/synced-policies.ts'
import { POLICY_TYPES } from '../../engine/catalog/index.ts'
import { workOn } from '../../engine/worker/index.ts'
import { changeAtRandom } from '../../sandbox/intune/random-rounds.ts'

const ROUNDS = 60
const CUTS: readonly Cut[] = ['shutdown', 'stopped', 'database', 'network']

let scene: InventoryScene
beforeAll(async () => {
  scene = await inventoryScene(1, 60)
})
afterAll(() => scene?.close())

test('after sixty rounds of changes by chance, some of them cut, the rows are the truth', async () => {
  const synced = await scene.tenantWithPolicies()
  const { directory, tenant } = synced
  const chance = chances(20_261_124)
  const came = new Set<string>()
  const changed = new Set<string>()
  await scene.synced(tenant)
  for (let round = 0; round < ROUNDS; round++) {
    const kinds = POLICY_TYPES.map((type) => KIND_OF[type])
    for (const { deed, kind } of changeAtRandom(directory, round, 1 + chance(8), kinds))
      changed.add(`${kind} ${deed}`)
    directory.faults.emptyPages = chance(3) === 0
    const cut = chance(3) === 0 ? (CUTS[round % 20 === 0 ? 3 : chance(3)] ?? null) : null
    const id = await scene.start(tenant)

    const page = 1 + chance(9)
    await workOn(scene.workerWhile(cut ? cutAt(page, directory, () => came.add(cut))[cut] : {}), id)
    const run = await endOf(scene, id, tenant, cut)

    expect(run.outcome, `round ${round}`).toBe('succeeded')
    expect(await scene.present(synced), `round ${round}`).toEqual(truePolicies(directory))
  }
  expect(came).toContain('shutdown')
  expect(came).toContain('stopped')
  expect(came).toContain('database')
  for (const type of POLICY_TYPES)
    expect(
      [...changed].some((one) => one.startsWith(KIND_OF[type])),
      type,
    ).toBe(true)
})
