import { Kysely, PostgresDialect, sql } from 'kysely'
import pg from 'pg'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { fillGroups, middleOf, settle } from '../../../../tests/bench/fill-groups.sql.ts'
import { openWorld, type World } from '../../../../tests/world/world.ts'
import type { Db } from '../../../database/index.ts'
import { asTenantId, type TenantId } from '../../../kernel/index.ts'
import { naturalOrder, type WantedPage } from '../../tenant-lists/index.ts'
import { findGroups } from './find-groups.sql.ts'
import { countGroups, GROUP_SHOWS, type GroupShow } from './groups.sql.ts'

const MANY = 100_000
const FIRST: WantedPage<GroupShow> = {
  search: '',
  show: 'present',
  order: naturalOrder('name'),
  edge: null,
  limit: 30,
}

let world: World
let explaining: Db
let tenant: TenantId
let middle: { name: string; changed: string; id: string }
/** How many blocks of the database each statement since the last question touched. */
let touched: number[] = []

beforeAll(async () => {
  world = await openWorld('postgres')
  const { db, native } = world.database
  if (native.kind !== 'postgres') throw new Error('Only PostgreSQL is asked here')
  tenant = asTenantId((await world.tenant(await world.workspace())).id)
  await fillGroups(db, tenant, MANY)
  await settle(db)
  middle = await middleOf(db, tenant)
  explaining = await explainingDatabase(native.url)
}, 180_000)
afterAll(async () => {
  await explaining?.destroy()
  await world?.close()
})

/** A database that explains every statement before it carries it out. */
async function explainingDatabase(url: string): Promise<Db> {
  const pool = new pg.Pool({ connectionString: url, max: 1, options: '-c timezone=UTC' })
  const client = await pool.connect()
  const query = client.query.bind(client) as (text: string, values: unknown[]) => Promise<pg.QueryResult>
  client.query = (async (text: string, values: unknown[]) => {
    const { rows } = await query(`explain (analyze, buffers, format json) ${text}`, values)
    const { Plan } = rows[0]['QUERY PLAN'][0]
    touched.push(Plan['Shared Hit Blocks'] + Plan['Shared Read Blocks'])
    return query(text, values)
  }) as typeof client.query
  client.release()
  return new Kysely({ dialect: new PostgresDialect({ pool }) })
}

const blocksOf = async (work: Promise<unknown>): Promise<number> => {
  touched = []
  await work
  expect(touched.length).toBeGreaterThan(0)
  return touched.reduce((sum, blocks) => sum + blocks, 0)
}
const find = (change: Partial<WantedPage<GroupShow>>) =>
  findGroups(explaining, tenant, { ...FIRST, ...change })

test('the table is large enough for this to mean something', async () => {
  const { rows } = await sql<{ blocks: number }>`
    select pg_relation_size('directory_groups')::int / 8192 as blocks`.execute(world.database.db)
  expect(rows[0]?.blocks).toBeGreaterThan(5000)
})

test('the counts of all filters touch a handful of blocks', async () => {
  expect(await blocksOf(countGroups(explaining, tenant))).toBeLessThan(12)
})

test.each(
  GROUP_SHOWS.flatMap((show) =>
    (['name', 'changed', 'first_seen'] as const).flatMap((by) =>
      [false, true].map((descending) => ({ show, by, descending })),
    ),
  ),
)('a page of $show by $by (from its end: $descending) touches little more than its rows', async (asked) => {
  const { by, descending, show } = asked
  expect(await blocksOf(find({ show, order: { by, descending } }))).toBeLessThan(150)
})

test('a page in the middle touches no more than the first, forwards and backwards', async () => {
  const { changed, id, name } = middle
  for (const side of ['after', 'before'] as const) {
    const page = find({ edge: { side, key: name, id } })
    expect((await page).entries).toHaveLength(31)
    expect(await blocksOf(find({ edge: { side, key: name, id } }))).toBeLessThan(150)
    const order = naturalOrder('changed')
    expect(await blocksOf(find({ order, edge: { side, key: changed, id } }))).toBeLessThan(150)
  }
})

test.each([
  ['with one hit', { search: '0000500' }, 1],
  ['with no hit', { search: 'nowhere' }, 0],
  ['that a seventh has', { search: 'oslo' }, 31],
  ['that an eighth has, at the end of the names', { search: 'team' }, 31],
  [
    'that every third has, among ten',
    { search: 'contoso', show: 'mail_enabled_security' as const },
    undefined,
  ],
  ['of two letters', { search: 'te' }, 31],
  ['of two letters with no hit', { search: 'zq' }, 0],
])('a search %s reads a part of the table', async (_, change, found) => {
  if (found !== undefined) expect((await find(change)).entries).toHaveLength(found)
  expect(await blocksOf(find(change))).toBeLessThan(4000)
})
