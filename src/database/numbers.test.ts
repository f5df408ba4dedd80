import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { ENGINES, emptyDatabase } from '../../tests/world/databases.ts'
import type { Database } from './index.ts'

const LARGEST = Number.MAX_SAFE_INTEGER

describe.each(ENGINES)('on %s', (engine) => {
  let database: Database
  beforeAll(async () => {
    database = await emptyDatabase(engine)
  })
  afterAll(() => database.close())

  const read = async (expression: string) => {
    const { rows } = await sql<{ value: unknown }>`select ${sql.raw(expression)} as value`.execute(
      database.db,
    )
    return rows[0]?.value
  }

  test.each([
    ['0::bigint', 0],
    ['-5::bigint', -5],
    [`${LARGEST}::bigint`, LARGEST],
    [`-${LARGEST}::bigint`, -LARGEST],
    ['count(*)', 1],
    ['7::integer', 7],
    ['null::bigint', null],
  ])('%s is the number %d', async (expression, value) => {
    expect(await read(expression)).toBe(value)
  })

  test.each([`${2n ** 53n}::bigint`, `-${2n ** 53n}::bigint`, `${2n ** 63n - 1n}::bigint`])(
    '%s is too large to be exact and is refused',
    async (expression) => {
      await expect(read(expression)).rejects.toThrow(/beyond 2\^53/)
      expect(await read('1::bigint')).toBe(1)
    },
  )
})
