import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { ENGINES, emptyDatabase } from '../../tests/world/databases.ts'
import { type Database, migrate } from './index.ts'

/** Everything the schema consists of, in words. */
async function schemaOf({ db }: Database) {
  const { rows } = await sql`
    select 'column' as kind, table_name || '.' || column_name as name,
      concat_ws(' ', data_type, is_nullable, column_default, generation_expression) as definition
    from information_schema.columns where table_schema = 'public'
    union all select 'index', indexname, indexdef from pg_indexes where schemaname = 'public'
    union all select 'constraint', conname, pg_get_constraintdef(oid) from pg_constraint
      where connamespace = 'public'::regnamespace
    union all select 'trigger', tgname, pg_get_triggerdef(oid) from pg_trigger where not tgisinternal
    union all select 'function', proname, prosrc from pg_proc where pronamespace = 'public'::regnamespace
    union all select 'migration', name, timestamp from kysely_migration
    order by 1, 2, 3`.execute(db)
  return rows
}

describe.each(ENGINES)('on %s', (engine) => {
  let database: Database
  beforeAll(async () => {
    database = await emptyDatabase(engine)
  })
  afterAll(() => database.close())

  test('several processes may migrate an empty database together; each step is taken once', async () => {
    const applied = await Promise.all([1, 2, 3].map(() => migrate(database.db)))

    expect(applied.flat()).toEqual([...new Set(applied.flat())])
    expect(applied.flat().at(0)).toBe('001-people')
  })

  test('migrating once more changes nothing', async () => {
    const before = await schemaOf(database)

    expect(await migrate(database.db)).toEqual([])

    expect(before.length).toBeGreaterThan(200)
    expect(await schemaOf(database)).toEqual(before)
  })
})
