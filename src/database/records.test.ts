import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { ENGINES, freshDatabase } from '../../tests/world/databases.ts'
import { type Database, jsonb, textArray } from './index.ts'

describe.each(ENGINES)('on %s', (engine) => {
  let database: Database
  beforeAll(async () => {
    database = await freshDatabase(engine)
    await database.db
      .insertInto('audit_records')
      .values({ actor_kind: 'system', action: 'test', outcome: 'done', facts: jsonb({ n: 1 }) })
      .execute()
  })
  afterAll(() => database.close())

  test.each([
    'update audit_records set outcome = $$undone$$',
    'delete from audit_records',
    'delete from audit_records where id < 0 or true',
  ])('an audit record stays as it was written: %s', async (statement) => {
    await expect(sql.raw(statement).execute(database.db)).rejects.toThrow(/only ever added/)

    const [record] = await database.db.selectFrom('audit_records').select(['outcome', 'facts']).execute()
    expect(record).toEqual({ outcome: 'done', facts: { n: 1 } })
  })

  test('lists and documents come back as they were given', async () => {
    const words = ['a', 'b"c', '{d,e}', 'ü', '']
    const document = { list: [1, null, { deep: true }], text: 'it\'s "quoted"' }

    const { rows } = await sql`select ${textArray(words)} as words, ${jsonb(document)} as document`.execute(
      database.db,
    )

    expect(rows).toEqual([{ words, document }])
  })
})
