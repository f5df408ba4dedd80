import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openWorld, startAsk, type World } from '../../../tests/world/world.ts'
import { answeredAlready, startStep } from './start-step.ts'

const SYNC = 'directory.role_definitions.sync'

let world: World
beforeAll(async () => {
  world = await openWorld('embedded')
})
afterAll(() => world?.close())

const orderAfter = () => ({ acceptedOperation: null, pendingOperations: [] })

async function asking() {
  const workspace = await world.workspace()
  const ada = await world.person(workspace, 'manager', 'Ada')
  const tenant = await world.readyTenant(workspace)
  const stranger = await world.person(await world.workspace('Another'), 'manager', 'Eve')
  return { ask: startAsk(ada, tenant, SYNC), asStranger: startAsk(stranger, tenant, SYNC) }
}

describe('a step of a bootstrap', () => {
  test('is refused to whoever does not see the tenant, before anything is looked at and when it is tried', async () => {
    const { asStranger } = await asking()

    expect(await answeredAlready(world.gate, asStranger)).toEqual({ kind: 'invisible' })
    expect(await startStep(world.gate, asStranger, { as: { waitingStartId: 1 }, orderAfter })).toEqual({
      kind: 'invisible',
    })
  })

  test('is looked at anew when its run has ended meanwhile, and never started a second time', async () => {
    const { ask } = await asking()

    expect(await startStep(world.gate, ask, { as: { runId: 1e9 }, orderAfter })).toEqual({ kind: 'again' })
  })

  test('is looked at anew when it has left its line meanwhile', async () => {
    const { ask } = await asking()

    expect(await startStep(world.gate, ask, { as: { waitingStartId: 1e9 }, orderAfter })).toEqual({
      kind: 'again',
    })
  })

  test('is undecided while somebody else is at the client’s key', async () => {
    const { ask } = await asking()
    const { db } = world.database
    await sql`
      create function key_is_held() returns trigger language plpgsql as $$
      begin raise exception 'held' using errcode = '55P03'; end $$`.execute(db)
    await sql`
      create trigger key_is_held before insert on idempotency_keys
        for each row execute function key_is_held()`.execute(db)
    const keyed = { ...ask, idempotency: { key: 'k', requestHash: 'a' } }
    const { rows } = await sql<{ id: number }>`
      insert into waiting_starts (workspace_id, tenant_id, person_name, operation, selection, scope_key)
      select workspace_id, id, 'Ada', ${SYNC}, '{}', scope_key from tenants
      order by id desc limit 1 returning id`.execute(db)

    const came = await startStep(world.gate, keyed, { as: { waitingStartId: rows[0]?.id ?? 0 }, orderAfter })

    expect(came).toEqual({ kind: 'key_undecided' })
    await sql`drop trigger key_is_held on idempotency_keys`.execute(db)
    await sql`update waiting_starts set state = 'cancelled', cancelled_by = 'Ada', ended_at = now()`.execute(
      db,
    )
  })
})
