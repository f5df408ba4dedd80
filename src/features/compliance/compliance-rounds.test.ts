import { afterAll, beforeAll, expect, test } from 'vitest'
import {
  type ComplianceScene,
  complianceScene,
  countedDevices,
  trueDevices,
} from '../../../tests/world/compliance-scene.ts'
import { type Cut, chances, cutAt, endOf } from '../../../tests/world/cuts.ts'
import { workOn } from '../../engine/worker/index.ts'
import { asTenantId } from '../../kernel/index.ts'
import { changeAtRandom } from '../../sandbox/intune/random-rounds.ts'
import { standingOf } from './snapshots.sql.ts'
import { countStates, totalOf } from './states.ts'

const ROUNDS = 50
const CUTS: readonly Cut[] = ['shutdown', 'stopped', 'database', 'network']

let scene: ComplianceScene
beforeAll(async () => {
  scene = await complianceScene(1, 40)
})
afterAll(() => scene?.close())

test('after fifty rounds of changes by chance, some of them cut, rows, counts and history are the truth', async () => {
  const synced = await scene.tenantWithDevices()
  const { directory, tenant } = synced
  const { db } = scene.world.database
  const chance = chances(20_261_124)
  const came = new Set<string>()
  const deeds = new Set<string>()
  await scene.synced(tenant)
  for (let round = 0; round < ROUNDS; round++) {
    for (const { deed } of changeAtRandom(directory, round, 1 + chance(8), ['managedDevices']))
      deeds.add(deed)
    directory.faults.emptyPages = chance(3) === 0
    const cut = chance(3) === 0 ? (CUTS[round % 20 === 0 ? 3 : chance(3)] ?? null) : null
    const id = await scene.start(tenant)
    const page = 1 + chance(5)
    await workOn(scene.workerWhile(cut ? cutAt(page, directory, () => came.add(cut))[cut] : {}), id)
    const run = await endOf(scene, id, tenant, cut)

    expect(run.outcome, `round ${round}`).toBe('succeeded')
    const truth = trueDevices(directory)
    expect(await scene.present(synced), `round ${round}`).toEqual(truth)
    const counted = countStates(await standingOf(db, asTenantId(tenant.id)))
    expect({ devices: totalOf(counted.states), ...counted.states }, `round ${round}`).toEqual(
      countedDevices(truth),
    )
    expect((await scene.snapshots(synced)).at(-1)).toMatchObject(countedDevices(truth))
  }
  expect(came).toEqual(new Set(CUTS))
  expect(deeds).toEqual(new Set(['enrol', 'retire', 'rename', 'change_compliance']))
  expect(await brokenHistories()).toEqual([])

  /** Devices whose changes do not lead, one from the other, to where they stand. */
  async function brokenHistories() {
    const devices = await db
      .selectFrom('compliance_devices')
      .select(['device_id', 'shelf'])
      .where('tenant_id', '=', tenant.id)
      .execute()
    const changes = await db
      .selectFrom('compliance_changes')
      .select(['device_id', 'state_before', 'state'])
      .where('tenant_id', '=', tenant.id)
      .orderBy('observed_at')
      .execute()
    expect(changes.length).toBeGreaterThan(ROUNDS)
    const stands = new Map<string, string>()
    const broken = changes.filter(({ device_id, state, state_before }) => {
      const before = stands.get(device_id) ?? state_before
      stands.set(device_id, state)
      return before !== state_before
    })
    const elsewhere = devices.filter(({ device_id, shelf }) => (stands.get(device_id) ?? shelf) !== shelf)
    return [...broken, ...elsewhere]
  }
})
