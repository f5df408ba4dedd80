import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Database, embeddedDatabase, PreparingPglite, parsers } from './index.ts'

let database: Database
beforeAll(async () => {
  database = await embeddedDatabase(await PreparingPglite.open({ parsers }))
  await sql`create table things (id bigint primary key, name text not null, at timestamptz)`.execute(
    database.db,
  )
})
afterAll(() => database.close())

const prepared = async () => {
  const { rows } = await sql<{ statement: string; times: number }>`
    select statement, (generic_plans + custom_plans)::int as times from pg_prepared_statements`.execute(
    database.db,
  )
  return rows
}
const byName = (name: string) =>
  sql<{ id: number }>`select id from things where name = ${name} order by id`.execute(database.db)

describe('the embedded database', () => {
  test('prepares a statement once and answers it with other parameters each time', async () => {
    for (const [id, name] of ['kettle', 'lamp', 'kettle'].entries())
      await sql`insert into things (id, name) values (${id}, ${name})`.execute(database.db)

    expect((await byName('kettle')).rows).toEqual([{ id: 0 }, { id: 2 }])
    expect((await byName('lamp')).rows).toEqual([{ id: 1 }])
    expect((await byName('nothing')).rows).toEqual([])

    const kept = (await prepared()).filter(({ statement }) => statement.includes('from things where name'))
    expect(kept).toEqual([expect.objectContaining({ times: 3 })])
  })

  test('takes every kind of parameter, null among them', async () => {
    const at = new Date('2026-11-23T12:00:00.000Z')
    const put = (id: number, when: Date | null) =>
      sql`insert into things (id, name, at) values (${id}, ${'clock'}, ${when})`.execute(database.db)

    await put(10, at)
    await put(11, null)

    const { rows } = await sql`select at from things where id >= ${10} order by id`.execute(database.db)
    expect(rows).toEqual([{ at }, { at: null }])
  })

  test('goes on after a statement that fails, be it wrong or refused', async () => {
    const wrong = () => sql`select nonsense from things where id = ${1}`.execute(database.db)
    const refused = () => sql`insert into things (id, name) values (${0}, ${'again'})`.execute(database.db)

    for (let time = 0; time < 2; time++) {
      await expect(wrong()).rejects.toThrow(/nonsense/)
      await expect(refused()).rejects.toThrow(/things_pkey/)
    }

    expect((await byName('lamp')).rows).toEqual([{ id: 1 }])
  })

  test('keeps what it prepared over a transaction that is rolled back', async () => {
    const late = (db: Database['db']) => sql`select name from things where id = ${1} and true`.execute(db)
    await database.db
      .transaction()
      .execute(async (tx) => {
        await late(tx)
        throw new Error('in vain')
      })
      .catch(() => {})

    expect((await late(database.db)).rows).toEqual([{ name: 'lamp' }])
  })
})
