import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openWorld, type World } from '../../../tests/world/world.ts'
import type { Db } from '../../database/index.ts'
import type { RawPolicy } from '../../graph/index.ts'
import { asTenantId } from '../../kernel/index.ts'
import { inParts } from './complete-items.ts'
import { INVENTORY_TYPES } from './inventory-types.ts'
import { type Item, saveItems } from './save-items.sql.ts'

let world: World
beforeAll(async () => {
  world = await openWorld('postgres')
})
afterAll(() => world?.close())

/** A text that PostgreSQL keeps beside the row, because it can not be made short. */
const LONG = Array.from({ length: 2000 }, (_, index) => Math.sin(index)).join()

const ITEMS: Item[] = ['a', 'b', 'c'].map((id) => ({
  id,
  name: id,
  description: null,
  platform: null,
  raw: { id, LONG },
  settings: [{ LONG }],
}))

test('policies that are seen once more are rewritten where they stand, without their long texts', async () => {
  const tenant = await world.readyTenant(await world.workspace())
  const by = (runId: number) =>
    ({ tenantId: asTenantId(tenant.id), type: 'scripts', runId, anewSince: null }) as const
  await saveItems(world.database.db, by(1), ITEMS)

  const [before, after] = await world.database.db.transaction().execute(async (tx) => {
    const begun = await written(tx)
    await saveItems(tx, by(2), ITEMS)
    return [begun, await written(tx)] as const
  })

  expect({ inPlace: after.inPlace - before.inPlace, texts: after.texts - before.texts }).toEqual({
    inPlace: ITEMS.length,
    texts: 0,
  })
})

/** How many rows this session has rewritten where they stood, and how many pieces of long texts it has stored. */
async function written(tx: Db) {
  const { rows } = await sql<{ inPlace: number; texts: number }>`
    select coalesce(pg_stat_get_xact_tuples_hot_updated(oid), 0)::int as "inPlace",
      coalesce(pg_stat_get_xact_tuples_inserted(reltoastrelid), 0)::int as texts
    from pg_class where oid = 'inventory_items'::regclass`.execute(tx)
  return rows[0] ?? expect.fail('The table is not there.')
}

test.each([
  ['few settings, twenty at a time', Array.from({ length: 45 }, () => 10), [20, 20, 5]],
  ['many settings, until there are five hundred', [200, 200, 100, 1, 1], [3, 2]],
  ['more settings than that, alone', [1, 900, 1, 499, 1], [1, 1, 2, 1]],
])('policies are completed together: with %s', (_, counts, expected) => {
  const policies = counts.map((settingCount, index): RawPolicy => ({ id: String(index), settingCount }))

  const parts = inParts(INVENTORY_TYPES.settings_catalog, policies)

  expect(parts.map((part) => part.length)).toEqual(expected)
  expect(parts.flat()).toEqual(policies)
})
