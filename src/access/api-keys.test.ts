import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openWorld, type World } from '../../tests/world/world.ts'
import { asWorkspaceId } from '../kernel/index.ts'
import { createApiKey } from './api-keys.ts'
import { type Auth, createAuth } from './auth.ts'

let world: World
let auth: Auth
beforeAll(async () => {
  world = await openWorld('postgres')
  auth = createAuth(world.database.db, {
    secret: 'x'.repeat(32),
    publicUrl: 'http://pilot.example',
    trustedOrigins: [],
    signInsPerMinute: 10,
    report: () => {},
  })
})
afterAll(() => world.close())

const db = () => world.database.db
test('somebody who was removed in the meantime gets no key, and none is left behind', async () => {
  const { userId } = await world.person(await world.workspace('Elsewhere'), 'operator')
  const workspaceId = asWorkspaceId(await world.workspace())
  const wanted = { userId, workspaceId, name: 'Nightly report', days: 1 }

  expect(await createApiKey(auth, db(), wanted)).toBeNull()

  const left = await db().selectFrom('api_keys').select('id').where('reference_id', '=', userId).execute()
  expect(left).toEqual([])
})

test('a removal waits for a key that is being made, and so finds it', async () => {
  const workspaceId = asWorkspaceId(await world.workspace())
  const { userId } = await world.person(workspaceId, 'operator')
  const wanted = { userId, workspaceId, name: 'Nightly report', days: 1 }
  const remove = () =>
    db()
      .transaction()
      .execute(async (elsewhere) => {
        await sql`set local lock_timeout = '300ms'`.execute(elsewhere)
        await sql`delete from workspace_memberships where user_id = ${userId}`.execute(elsewhere)
      })

  const made = await createApiKey(auth, db(), wanted, () => expect(remove()).rejects.toThrow(/lock timeout/))

  expect(made).not.toBeNull()
  await remove()
})
