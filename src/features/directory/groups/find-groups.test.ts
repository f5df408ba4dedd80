import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { ENGINES } from '../../../../tests/world/databases.ts'
import { openWorld, type World } from '../../../../tests/world/world.ts'
import type { Db } from '../../../database/index.ts'
import { asTenantId, type TenantId } from '../../../kernel/index.ts'
import { naturalOrder, type WantedPage } from '../../tenant-lists/index.ts'
import { findGroups } from './find-groups.sql.ts'
import { countGroups, type GroupShow } from './groups.sql.ts'

const MANY = 5000
const FIRST: WantedPage<GroupShow> = {
  search: '',
  show: 'present',
  order: naturalOrder('name'),
  edge: null,
  limit: 30,
}

/** So many groups of a tenant; one in three is a team, one in a thousand a distribution list, one in a hundred gone. */
const fill = (db: Db, tenantId: number, count: number) =>
  sql`insert into directory_groups (tenant_id, group_id, display_name, mail, kind, membership_rule, raw,
      full_sync, last_seen_run_id, gone_since, gone_how)
    select ${tenantId}, md5(n::text), case when n % 3 = 0 then 'Team ' else 'Äpp ' end || lpad(n::text, 6, '0'),
      case when n % 3 = 0 then 'team' || n || '@contoso.example' end,
      case when n % 1000 = 1 then 'distribution' when n % 3 = 0 then 'microsoft_365' else 'security' end,
      case when n % 500 = 2 then 'user.city eq 1' end, '{}', 1, 1,
      case when n % 100 = 99 then now() end, case when n % 100 = 99 then 'deleted' end
    from generate_series(1, ${count}::int) n`.execute(db)

describe.each(ENGINES)('on %s', (engine) => {
  let world: World
  let db: Db
  let tenant: TenantId
  beforeAll(async () => {
    world = await openWorld(engine)
    db = world.database.db
    const workspace = await world.workspace()
    tenant = asTenantId((await world.tenant(workspace)).id)
    const other = await world.tenant(workspace)
    await fill(db, tenant, MANY)
    await fill(db, other.id, MANY)
  })
  afterAll(() => world.close())

  const find = (change: Partial<WantedPage<GroupShow>>) => findGroups(db, tenant, { ...FIRST, ...change })
  const names = ({ entries }: Awaited<ReturnType<typeof find>>) =>
    entries.map(({ display_name }) => display_name)

  test('names go by their letters, whatever their size and accents', async () => {
    await sql`insert into directory_groups (tenant_id, group_id, display_name, kind, raw, full_sync,
        last_seen_run_id)
      select ${tenant}, n, n, 'security', '{}', 1, 1 from unnest(array['älteste', 'Alpha', 'ALTE', 'aloe']) n`.execute(
      db,
    )
    expect(names(await find({})).slice(0, 4)).toEqual(['aloe', 'Alpha', 'ALTE', 'älteste'])
    await sql`delete from directory_groups where tenant_id = ${tenant} and group_id = display_name`.execute(
      db,
    )
  })

  test('a search that finds few keeps its order, and counts what each filter would leave', async () => {
    const found = await find({ search: '00042', order: naturalOrder('name') })
    expect(names(found)).toEqual([
      ...['000421', '000422', '000424', '000425', '000427', '000428'].map((n) => `Äpp ${n}`),
      ...['000042', '000420', '000423', '000426', '000429'].map((n) => `Team ${n}`),
    ])
    expect(found).toMatchObject({
      order: naturalOrder('name'),
      counts: { present: 11, microsoft_365: 5, gone: 0 },
    })
  })

  test('a search that finds nothing says so, and one of every sign is taken literally', async () => {
    for (const search of ['nowhere', '%%%', '___', 'team%', '\\\\\\', 'Äpp\n']) {
      const found = await find({ search })
      expect([search, found.entries]).toEqual([search, []])
    }
  })

  test('a search that finds many leads through all of them, in an order that it names, uncounted', async () => {
    const seen: string[] = []
    let page = await find({ search: 'TEAM', limit: 200 })
    expect(page).toMatchObject({ counts: null, order: { by: 'changed', descending: false } })
    for (;;) {
      const rows = page.entries.slice(0, 200)
      seen.push(...rows.map(({ id }) => id))
      const last = rows.at(-1)
      if (page.entries.length <= 200 || !last) break
      const edge = { side: 'after', key: last.key, id: last.id } as const
      page = await find({ search: 'TEAM', limit: 200, order: page.order, edge })
    }
    const { rows } = await sql<{ n: number }>`select count(*)::int as n from directory_groups
      where tenant_id = ${tenant} and gone_since is null and display_name like 'Team%'`.execute(db)
    expect([seen.length, new Set(seen).size]).toEqual([rows[0]?.n, rows[0]?.n])
  })

  test.each(['²³¹', '①②③', '___'])(
    'a search for %s, of which the index knows nothing, is no search of all',
    async (search) => {
      expect(await find({ search })).toMatchObject({ entries: [], onlyBeginnings: true, counts: null })
    },
  )

  test('a search of one or two letters finds the names that begin with them, by name', async () => {
    const found = await find({ search: 'Tê', order: naturalOrder('changed') })
    expect(names(found)).toHaveLength(31)
    expect(names(found)[0]).toBe('Team 000003')
    expect(found).toMatchObject({ order: naturalOrder('name'), onlyBeginnings: true, counts: null })
    expect(names(await find({ search: 'pp' }))).toEqual([])
  })

  test('a search within a rare filter finds what is there', async () => {
    expect(names(await find({ search: 'team', show: 'distribution' }))).toEqual(['Team 002001'])
    expect(names(await find({ search: 'team', show: 'dynamic', limit: 1 }))).toEqual([
      'Team 001002',
      'Team 002502',
    ])
    expect(names(await find({ search: 'nowhere', show: 'gone' }))).toEqual([])
  })

  test('another tenant is never found', async () => {
    const { rows } = await sql<{ id: number }>`select id from tenants where id <> ${tenant} limit 1`.execute(
      db,
    )
    const few = await world.tenant(await world.workspace())
    expect((await findGroups(db, asTenantId(few.id), { ...FIRST, search: 'team' })).entries).toEqual([])
    await sql`delete from directory_groups where tenant_id = ${rows[0]?.id}`.execute(db)
    expect(
      (await findGroups(db, asTenantId(rows[0]?.id ?? 0), { ...FIRST, search: '00042' })).entries,
    ).toEqual([])
  })

  test('the counts are the truth after rows came, moved, went and were taken back', async () => {
    const inTransaction = db.transaction().execute(async (tx) => {
      await sql`delete from directory_groups where tenant_id = ${tenant}`.execute(tx)
      throw new Error('taken back')
    })
    await expect(inTransaction).rejects.toThrow('taken back')
    await sql`update directory_groups set kind = 'distribution', membership_rule = 'x'
      where tenant_id = ${tenant} and display_name like '%7'`.execute(db)
    await sql`update directory_groups set gone_since = now(), gone_how = 'deleted'
      where tenant_id = ${tenant} and gone_since is null and display_name like '%5'`.execute(db)
    await sql`update directory_groups set gone_since = null, gone_how = null
      where tenant_id = ${tenant} and display_name like '%99'`.execute(db)
    await sql`delete from directory_groups where tenant_id = ${tenant} and display_name like '%3'`.execute(db)
    const { rows } = await sql<Record<GroupShow, number>>`
      select count(*) filter (where gone_since is null)::int as present,
        count(*) filter (where gone_since is null and kind = 'microsoft_365')::int as microsoft_365,
        count(*) filter (where gone_since is null and kind = 'security')::int as security,
        count(*) filter (where gone_since is null and kind = 'mail_enabled_security')::int as mail_enabled_security,
        count(*) filter (where gone_since is null and kind = 'distribution')::int as distribution,
        count(*) filter (where gone_since is null and membership_rule is not null)::int as dynamic,
        count(*) filter (where gone_since is not null)::int as gone
      from directory_groups where tenant_id = ${tenant}`.execute(db)
    expect(await countGroups(db, tenant)).toEqual(rows[0])
  })

  test('a tenant that goes takes its groups and their counts along', async () => {
    const gone = await world.tenant(await world.workspace())
    await fill(db, gone.id, 10)
    await db.deleteFrom('tenants').where('id', '=', gone.id).execute()
    expect(await countGroups(db, asTenantId(gone.id))).toMatchObject({ present: 0, gone: 0 })
  })
})
