import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { openWorld } from '../../tests/world/world.ts'
import { asWorkspaceId } from '../kernel/index.ts'
import { frameFacts } from './frame.sql.ts'
import { activityOf } from './frame.ts'
import { readerOf } from './reader.ts'

test('the bell counts what can be seen behind it, and nothing of tenants that went out of reach', async () => {
  const world = await openWorld('embedded')
  const { db } = world.database
  const workspaceId = asWorkspaceId(await world.workspace())
  const person = await world.person(workspaceId, 'operator')
  const tenants = [await world.tenant(workspaceId), await world.tenant(workspaceId)] as const
  for (const { directoryId, id } of tenants)
    await sql`
      with run as (
        insert into operation_runs (workspace_id, tenant_id, operation, status, outcome, reason, directory_id,
          scope_key, identity, finished_at)
        values (${workspaceId}, ${id}, 'directory.groups.sync', 'completed', 'blocked',
          '{"code":"provider_connection_missing"}', ${directoryId}::uuid, 'x', 'x', now())
        returning id)
      insert into notifications (user_id, run_id) select ${person.userId}, id from run`.execute(db)
  const unread = async () => (await frameFacts(db, person, workspaceId)).unread
  expect(await unread()).toBe(2)

  const membership = await db
    .updateTable('workspace_memberships')
    .set({ reach: 'selected' })
    .where('user_id', '=', person.userId)
    .returning('id')
    .executeTakeFirstOrThrow()
  await db
    .insertInto('tenant_memberships')
    .values({ membership_id: membership.id, tenant_id: tenants[0].id, role: null })
    .execute()

  expect(await unread()).toBe(1)
  await world.abandon()
})

test('the strip of what is at work says in words which operation is likely stale', async () => {
  const world = await openWorld('embedded')
  const { db } = world.database
  const workspaceId = asWorkspaceId(await world.workspace())
  const person = await world.person(workspaceId, 'operator')
  const begun = async (silentFor: string) => {
    const answer = await world.start(person, await world.readyTenant(workspaceId), 'directory.groups.sync')
    await sql`update operation_runs set status = 'running', started_at = now(), attempt = 1, fencing_token = 1,
        heartbeat_at = now() - ${silentFor}::interval, lease_until = now() + interval '1 hour'
      where id = ${answer.kind === 'decided' ? answer.outcome.run.id : 0}`.execute(db)
  }
  await begun('1 day')
  await begun('1 second')

  const facts = await frameFacts(db, person, workspaceId)

  const inWords = (language: 'en' | 'de') =>
    activityOf(facts, readerOf(language, 'UTC')).items.map(({ note, state, stateWord }) => [
      state,
      stateWord,
      note,
    ])
  expect(inWords('en')).toEqual([
    ['running', 'Running', undefined],
    ['likely_stale', 'Likely stale', 'Likely stale'],
  ])
  expect(inWords('de')[1]).toEqual(['likely_stale', 'Vermutlich verwaist', 'Vermutlich verwaist'])
  await world.abandon()
})
