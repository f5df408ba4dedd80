import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { ENGINES } from '../../../../tests/world/databases.ts'
import { openWorld, type World } from '../../../../tests/world/world.ts'
import type { Group } from '../../../graph/index.ts'
import { asTenantId, type TenantId } from '../../../kernel/index.ts'
import { markNotReturned, savePageOfGroups } from './save-groups.sql.ts'

const group = (id: string, displayName = `Group ${id}`): Group => ({
  id,
  displayName,
  description: null,
  mail: null,
  kind: 'security',
  membershipRule: null,
  raw: { id, displayName },
})

describe.each(ENGINES)('on %s', (engine) => {
  let world: World
  let workspace: number
  beforeAll(async () => {
    world = await openWorld(engine)
    workspace = await world.workspace()
  })
  afterAll(() => world?.close())

  const freshTenant = async () => asTenantId((await world.tenant(workspace, { proven: false })).id)

  /** Writes a page as one commit. */
  const page = (
    tenant: TenantId,
    items: readonly Group[],
    removed: readonly { id: string; how: 'soft_deleted' | 'deleted' }[] = [],
    fullSync = 1,
  ) =>
    world.database.db
      .transaction()
      .execute((tx) => savePageOfGroups(tx, tenant, { runId: 1, fullSync }, { items, removed }))

  const rows = (tenant: TenantId) =>
    world.database.db
      .selectFrom('directory_groups')
      .select(['group_id as id', 'display_name as name', 'gone_how as gone'])
      .where('tenant_id', '=', tenant)
      .orderBy('group_id')
      .execute()

  test('a page that comes again leaves the same rows, and counts as unchanged', async () => {
    const tenant = await freshTenant()
    const told = [group('a'), group('b')]
    expect(await page(tenant, told)).toEqual({ seen: 2, created: 2, changed: 0, gone: 0 })
    const before = await rows(tenant)

    expect(await page(tenant, told)).toEqual({ seen: 2, created: 0, changed: 0, gone: 0 })

    expect(await rows(tenant)).toEqual(before)
  })

  test('a group that comes on several pages is as it was told last, whether there or gone', async () => {
    const tenant = await freshTenant()
    await page(tenant, [group('a', 'First'), group('b'), group('c')])

    expect(await page(tenant, [group('a', 'Second')], [{ id: 'b', how: 'deleted' }])).toMatchObject({
      changed: 1,
      gone: 1,
    })
    expect(await page(tenant, [group('b')], [{ id: 'c', how: 'soft_deleted' }])).toMatchObject({
      changed: 1,
      gone: 1,
    })
    await page(tenant, [group('a', 'First')])

    expect(await rows(tenant)).toEqual([
      { id: 'a', name: 'First', gone: null },
      { id: 'b', name: 'Group b', gone: null },
      { id: 'c', name: 'Group c', gone: 'soft_deleted' },
    ])
  })

  test('one that was soft deleted and then for good counts as gone once, and one never seen not at all', async () => {
    const tenant = await freshTenant()
    await page(tenant, [group('a')])

    expect(await page(tenant, [], [{ id: 'a', how: 'soft_deleted' }])).toMatchObject({ gone: 1 })
    expect(
      await page(
        tenant,
        [],
        [
          { id: 'a', how: 'deleted' },
          { id: 'never', how: 'deleted' },
        ],
      ),
    ).toMatchObject({ gone: 0 })

    expect(await rows(tenant)).toEqual([{ id: 'a', name: 'Group a', gone: 'deleted' }])
  })

  test('an empty page changes nothing', async () => {
    const tenant = await freshTenant()

    expect(await page(tenant, [])).toEqual({ seen: 0, created: 0, changed: 0, gone: 0 })
    expect(await rows(tenant)).toEqual([])
  })

  test('what a full sync did not tell of is marked part by part, and nothing of another tenant', async () => {
    const { db } = world.database
    const [tenant, other] = [await freshTenant(), await freshTenant()]
    for (const of of [tenant, other])
      await sql`
        insert into directory_groups (tenant_id, group_id, display_name, kind, raw, full_sync, last_seen_run_id)
        select ${of}::bigint, 'id-' || lpad(n::text, 6, '0'), 'Group', 'security', '{}', 1 + n % 2, 1
        from generate_series(1, 11000) n`.execute(db)

    const parts: { gone: number; upTo: string | null }[] = []
    for (let upTo: string | null = ''; upTo !== null; ) {
      const after: string = upTo
      const part = await db.transaction().execute((tx) => markNotReturned(tx, tenant, 2, after))
      parts.push(part)
      upTo = part.upTo
    }

    expect(parts).toEqual([
      { gone: 2500, upTo: 'id-005000' },
      { gone: 2500, upTo: 'id-010000' },
      { gone: 500, upTo: 'id-011000' },
      { gone: 0, upTo: null },
    ])
    const { rows: left } = await sql`
      select tenant_id as tenant, count(*)::int as present, min(full_sync)::int as oldest from directory_groups
      where gone_since is null and tenant_id in (${tenant}, ${other}) group by 1 order by 1`.execute(db)
    expect(left).toEqual([
      { tenant, present: 5500, oldest: 2 },
      { tenant: other, present: 11000, oldest: 1 },
    ])
  })
})
