import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type InventoryScene, inventoryScene } from '../../../tests/world/inventory-scene.ts'
import { workOn } from '../../engine/worker/index.ts'
import { asTenantId } from '../../kernel/index.ts'
import { wasReadFurther } from './inventory-readings.sql.ts'

let scene: InventoryScene
beforeAll(async () => {
  scene = await inventoryScene(1, 20)
})
afterAll(() => scene?.close())

test('a sync that somebody stops tells what it has seen, and is told of until every type is read again', async () => {
  const { tenant } = await scene.tenantWithPolicies()
  const { db } = scene.world.database
  const isToldOf = () => wasReadFurther(db, asTenantId(tenant.id))
  await scene.synced(tenant)
  expect(await isToldOf()).toBe(false)
  const id = await scene.start(tenant)
  await workOn(
    scene.workerWhile({
      afterPage: async (page) => {
        if (page !== 3) return
        await sql`update operation_runs set cancel_requested_at = now(), cancelled_by = 'Owner One' where id = ${id}`.execute(
          db,
        )
      },
    }),
    id,
  )

  const run = await scene.run(id)
  expect(run.outcome).toBe('cancelled')
  expect(run.counts?.seen).toBeGreaterThan(0)
  expect(await isToldOf()).toBe(true)

  await scene.synced(tenant)
  expect(await isToldOf()).toBe(false)
})
