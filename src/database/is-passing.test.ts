import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { openWorld } from '../../tests/world/world.ts'
import { isPassing } from './index.ts'

test('what the moment did is told from what the statement said', async () => {
  const world = await openWorld('postgres')
  const { db } = world.database
  const faultOf = (deed: Promise<unknown>): Promise<unknown> =>
    deed.then(
      () => null,
      (fault: unknown) => fault,
    )
  const cut = () =>
    db.connection().execute(async (own) => {
      await faultOf(sql`select pg_terminate_backend(pg_backend_pid())`.execute(own))
      await sql`select 1`.execute(own)
    })
  const tooSlow = () =>
    db.transaction().execute(async (holder) => {
      await sql`select pg_advisory_xact_lock(5)`.execute(holder)
      await db.transaction().execute(async (tx) => {
        await sql`set local lock_timeout = '10ms'`.execute(tx)
        await sql`select pg_advisory_xact_lock(5)`.execute(tx)
      })
    })

  expect(isPassing(await faultOf(sql`select pg_terminate_backend(pg_backend_pid())`.execute(db)))).toBe(true)
  expect(isPassing(await faultOf(cut()))).toBe(true)
  expect(isPassing(await faultOf(tooSlow()))).toBe(true)
  expect(isPassing(await faultOf(sql`select 1 / 0`.execute(db)))).toBe(false)
  expect(isPassing(await faultOf(sql`select nothing`.execute(db)))).toBe(false)
  expect(isPassing(new TypeError('cannot read properties of undefined'))).toBe(false)
  expect(isPassing('Connection terminated')).toBe(false)
  await world.close()
})
