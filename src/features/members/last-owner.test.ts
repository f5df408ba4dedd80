import { type Kysely, sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { ENGINES } from '../../../tests/world/databases.ts'
import { openWorld, type World } from '../../../tests/world/world.ts'
import type { PersonalActor } from '../../access/index.ts'
import { asWorkspaceId } from '../../kernel/index.ts'
import { changeMember, removeMember } from './change-member.ts'
import { membersOf } from './members.sql.ts'
import type { Member } from './members.ts'

const KEPT = /last owner/

describe.each(ENGINES)('on %s', (engine) => {
  let world: World
  beforeAll(async () => {
    world = await openWorld(engine)
  })
  afterAll(() => world.close())

  async function twoOwners() {
    const workspace = await world.workspace()
    const owners = [
      await world.person(workspace, 'owner', 'Ada'),
      await world.person(workspace, 'owner', 'Bea'),
    ]
    return { workspace, owners: owners as [PersonalActor, PersonalActor] }
  }
  const demote = (person: PersonalActor, on: Kysely<never> = world.database.db as never) =>
    sql`update workspace_memberships set role = 'manager' where user_id = ${person.userId}`.execute(on)

  test.each<[string, (userId: string) => Promise<unknown>]>([
    [
      'demoted',
      (id) =>
        sql`update workspace_memberships set role = 'manager' where user_id = ${id}`.execute(
          world.database.db,
        ),
    ],
    [
      'narrowed',
      (id) =>
        sql`update workspace_memberships set reach = 'selected' where user_id = ${id}`.execute(
          world.database.db,
        ),
    ],
    [
      'removed',
      (id) => sql`delete from workspace_memberships where user_id = ${id}`.execute(world.database.db),
    ],
    ['deleted as a person', (id) => sql`delete from users where id = ${id}`.execute(world.database.db)],
  ])('the last owner cannot be %s by any statement', async (_, change) => {
    const { owners } = await twoOwners()
    await change(owners[0].userId)

    await expect(change(owners[1].userId)).rejects.toThrow(KEPT)
  })

  test('nor can all of them at once', async () => {
    const { workspace } = await twoOwners()
    await expect(
      sql`update workspace_memberships set role = 'readonly' where workspace_id = ${workspace}`.execute(
        world.database.db,
      ),
    ).rejects.toThrow(KEPT)
  })

  test('a workspace that goes takes its owners along', async () => {
    const { workspace } = await twoOwners()
    await sql`delete from workspaces where id = ${workspace}`.execute(world.database.db)
    expect(await membersOf(world.database.db, asWorkspaceId(workspace))).toEqual([])
  })

  test('the use cases say it in words before the database has to', async () => {
    const { owners, workspace } = await twoOwners()
    const { db } = world.database
    const [ada, bea] = (await membersOf(db, asWorkspaceId(workspace))) as [Member, Member]
    const by = { actor: owners[0], correlationId: 'x' }
    expect(await removeMember(db, bea, by)).toEqual({ kind: 'done' })

    const access = { role: 'manager', reach: 'all', tenants: [] } as const
    expect(await changeMember(db, ada, by, access, { confirmed: true })).toEqual({
      kind: 'refused',
      objection: 'last_owner',
    })
    expect(await removeMember(db, bea, by)).toEqual({ kind: 'gone' })
  })

  if (engine === 'embedded') return // one connection: there is nobody to race

  test('two owners who are demoted at the same moment are judged one after the other', async () => {
    const { owners } = await twoOwners()
    const { db } = world.database
    const held = await db.startTransaction().execute()
    await demote(owners[0], held as never)
    let isJudged = false
    const second = demote(owners[1]).then(
      () => null,
      (fault: unknown) => fault,
    )
    second.finally(() => {
      isJudged = true
    })

    await expect.poll(() => waiting(world)).toBe(1)
    expect(isJudged).toBe(false)
    await held.commit().execute()

    expect(String(await second)).toMatch(KEPT)
  })

  test('and if the first of them is taken back, the second goes through', async () => {
    const { owners } = await twoOwners()
    const { db } = world.database
    const held = await db.startTransaction().execute()
    await demote(owners[0], held as never)
    const second = demote(owners[1])

    await expect.poll(() => waiting(world)).toBe(1)
    await held.rollback().execute()

    await second
    await expect(demote(owners[0])).rejects.toThrow(KEPT)
  })

  test('two owners who remove each other: one is gone, the other cannot any more', async () => {
    const { owners, workspace } = await twoOwners()
    const { db } = world.database
    const [ada, bea] = (await membersOf(db, asWorkspaceId(workspace))) as [Member, Member]

    const done = await Promise.all([
      removeMember(db, bea, { actor: owners[0], correlationId: 'x' }),
      removeMember(db, ada, { actor: owners[1], correlationId: 'y' }),
    ])

    expect(done.map(({ kind }) => kind).sort()).toEqual(['done', 'gone'])
    expect(await membersOf(db, asWorkspaceId(workspace))).toHaveLength(1)
  })
})

/** How many connections of this database wait for a lock. */
async function waiting({ database: { db } }: World): Promise<number> {
  const { rows } = await sql<{ count: number }>`
    select count(*)::int as count from pg_stat_activity
    where datname = current_database() and wait_event_type = 'Lock'`.execute(db)
  return rows[0]?.count ?? 0
}
