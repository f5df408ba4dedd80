import { sql } from 'kysely'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { ENGINES, emptyDatabase } from '../../tests/world/databases.ts'
import type { Database } from './index.ts'

describe.each(ENGINES)('on %s', (engine) => {
  let database: Database
  beforeAll(async () => {
    database = await emptyDatabase(engine)
    await sql`create table words (word text)`.execute(database.db)
  })
  afterAll(() => database.close())
  beforeEach(() => sql`delete from words`.execute(database.db))

  const write = (db: Database['db'], word: string) => sql`insert into words values (${word})`.execute(db)
  const words = async () => {
    const { rows } = await sql<{ word: string }>`select word from words order by word`.execute(database.db)
    return rows.map(({ word }) => word)
  }

  test('a statement beside an open transaction is no part of it', async () => {
    const open = Promise.withResolvers<void>()
    const transaction = database.db.transaction().execute(async (tx) => {
      await write(tx, 'inside')
      open.resolve()
      for (let statement = 0; statement < 20; statement++) await write(tx, 'inside')
      throw new Error('rolled back')
    })
    await open.promise

    const beside = write(database.db, 'beside')

    await expect(transaction).rejects.toThrow('rolled back')
    await beside
    expect(await words()).toEqual(['beside'])
  })

  test('of two transactions opened together one can be kept and the other rolled back', async () => {
    const kept = database.db.transaction().execute(async (tx) => {
      await write(tx, 'kept 1')
      await write(tx, 'kept 2')
    })
    const dropped = database.db.transaction().execute(async (tx) => {
      await write(tx, 'dropped')
      throw new Error('rolled back')
    })

    await expect(dropped).rejects.toThrow('rolled back')
    await kept
    expect(await words()).toEqual(['kept 1', 'kept 2'])
  })

  test('a statement that fails leaves the way free for the next', async () => {
    await expect(sql`select 1 / 0`.execute(database.db)).rejects.toThrow(/division by zero/)
    await expect(database.db.transaction().execute((tx) => sql`select 1 / 0`.execute(tx))).rejects.toThrow()

    await Promise.all(Array.from({ length: 20 }, (_, number) => write(database.db, `${number}`)))

    expect(await words()).toHaveLength(20)
  })
})
