import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { ENGINES, emptyDatabase } from '../../tests/world/databases.ts'
import type { Database } from './index.ts'

describe.each(ENGINES)('on %s', (engine) => {
  let database: Database
  beforeAll(async () => {
    database = await emptyDatabase(engine)
    await sql`create table things (id bigint primary key, name text)`.execute(database.db)
    await sql`insert into things values (1, 'lamp')`.execute(database.db)
  })
  afterAll(() => database.close())

  const everything = (db: Database['db']) => sql`select * from things where id = ${1}`.execute(db)
  const addColumn = (name: string) =>
    sql`alter table things add column ${sql.ref(name)} text default 'x'`.execute(database.db)

  test('a statement that was prepared before its table changed goes on, unnoticed', async () => {
    expect((await everything(database.db)).rows).toEqual([{ id: 1, name: 'lamp' }])

    await addColumn('colour')

    expect((await everything(database.db)).rows).toEqual([{ id: 1, name: 'lamp', colour: 'x' }])
  })

  test('it goes on after two changes with one use between them', async () => {
    await everything(database.db)
    await addColumn('weight')
    await everything(database.db)
    await addColumn('price')

    for (let time = 0; time < 2; time++)
      expect((await everything(database.db)).rows).toEqual([
        { id: 1, name: 'lamp', colour: 'x', weight: 'x', price: 'x' },
      ])
  })

  test('it goes on after the session has forgotten everything', async () => {
    await everything(database.db)
    if (engine === 'embedded') await sql`deallocate all`.execute(database.db)
    else await Promise.all(Array.from({ length: 16 }, () => sql`deallocate all`.execute(database.db)))

    expect((await everything(database.db)).rows).toHaveLength(1)
  })

  test('inside a transaction it fails once, and the next transaction goes well', async () => {
    const within = () => database.db.transaction().execute((tx) => everything(tx))
    await within()
    await addColumn('size')

    const first = await within().then(
      () => 'went well',
      () => 'failed',
    )

    expect(['went well', 'failed']).toContain(first)
    expect((await within()).rows).toEqual([
      { id: 1, name: 'lamp', colour: 'x', weight: 'x', price: 'x', size: 'x' },
    ])
  })
})
