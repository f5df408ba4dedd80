import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { ENGINES, freshDatabase } from '../../../tests/world/databases.ts'
import type { Database } from '../../database/index.ts'
import { openQueue, type Queue } from './index.ts'

const NAME = 'test.daily'

describe.each(ENGINES)('on %s', (engine) => {
  let database: Database
  const open: Queue[] = []
  let isOver = false
  beforeAll(async () => {
    database = await freshDatabase(engine)
  })
  afterAll(async () => {
    isOver = true // from here on the server may end connections that still rest
    for (const queue of open) await queue.stop()
    await database.close()
  })
  const opened = async () => {
    const queue = await openQueue(database, (fault) => isOver || expect.fail(String(fault)))
    open.push(queue)
    return queue
  }

  test('a daily errand is on the calendar once, and is run by one of those who ask for it', async () => {
    await (await opened()).daily(NAME, async () => {})
    await open.pop()?.stop()
    await sql`
      insert into pgboss.job (name, policy, retry_limit, expire_seconds, deletion_seconds, keep_until)
      select name, policy, retry_limit, expire_seconds, deletion_seconds, now() + interval '1 hour'
      from pgboss.queue where name = ${NAME}`.execute(database.db)
    const runs: number[] = []
    for (const process of [1, 2])
      await (await opened()).daily(NAME, async () => {
        runs.push(process)
      })
    await expect.poll(() => runs.length, { timeout: 20_000 }).toBe(1)
    const { rows } = await sql`select name, cron, timezone from pgboss.schedule where name = ${NAME}`.execute(
      database.db,
    )
    expect(rows).toEqual([{ name: NAME, cron: '17 3 * * *', timezone: 'UTC' }])
  })
})
