import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { openWorld } from '../../../tests/world/world.ts'
import { jsonb } from '../../database/index.ts'
import type { WorkspaceId } from '../../kernel/index.ts'
import { removeGone } from './retention.sql.ts'

test('what is gone is removed while a sync writes a page, and neither is in the other’s way', async () => {
  const world = await openWorld('postgres')
  const { db } = world.database
  const workspaceId = await world.workspace()
  const tenant = await world.readyTenant(workspaceId)
  const longGone = sql<Date>`now() - interval '400 days'`
  const group = { tenant_id: tenant.id, kind: 'security', raw: jsonb({}), full_sync: 1, last_seen_run_id: 1 }
  const gone = { ...group, gone_since: longGone, gone_how: 'soft_deleted' }
  await db
    .insertInto('directory_groups')
    .values([
      { ...gone, group_id: 'back', display_name: 'Back again' },
      { ...gone, group_id: 'for-good', display_name: 'Deleted for good' },
    ])
    .execute()
  const update = (id: string) => db.updateTable('directory_groups').where('group_id', '=', id)
  const isWaiting = () =>
    sql`select from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`
      .execute(db)
      .then(({ rows }) => rows.length > 0)

  const removal = await db.transaction().execute(async (page) => {
    await page.executeQuery(update('back').set({ gone_since: null, gone_how: null }))
    const removing = removeGone(db, workspaceId as WorkspaceId, 10).catch((fault: Error) => fault.message)
    await expect.poll(isWaiting).toBe(true)
    await page.executeQuery(update('for-good').set({ gone_how: 'deleted' }))
    return { removing }
  })

  expect(await removal.removing).toBe(1)
  expect(await db.selectFrom('directory_groups').select('group_id').execute()).toEqual([{ group_id: 'back' }])
  const counts = await db
    .selectFrom('directory_group_counts')
    .select(['shelf', 'groups'])
    .orderBy('shelf')
    .execute()
  expect(counts).toEqual([
    { shelf: 'gone', groups: 0 },
    { shelf: 'security', groups: 1 },
  ])
  await world.close()
})
