import { randomUUID } from 'node:crypto'
import { sql } from 'kysely'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { ENGINES } from '../../../tests/world/databases.ts'
import { openWorld, type SeededTenant, startAsk, type World } from '../../../tests/world/world.ts'
import type { PersonalActor } from '../../access/index.ts'
import type { DirectoryId } from '../../kernel/index.ts'
import { asConnectionId, asTenantId } from '../../kernel/index.ts'
import { type StartAnswer, type StartAsk, start } from './index.ts'

const SYNC = 'directory.role_definitions.sync'
const CHECK = 'provider.connection.check'

interface Scene {
  readonly world: World
  readonly workspace: number
  readonly operator: PersonalActor
  readonly tenant: SeededTenant & { connectionId: number }
}

const MALFORMED = { ok: false as const, issues: [{ pointer: '/step', detail: 'too long' }] }
const withConnection = (connectionId: number) => ({
  ok: true as const,
  input: { connectionId, selection: {}, sourceSurface: null },
})

/** What somebody asks for, and what is said; the earliest objection wins, whatever else is wrong. */
const ASKS: readonly (readonly [
  what: string,
  said: string,
  (scene: Scene) => Promise<{ actor?: PersonalActor; operation?: string; change?: Partial<StartAsk> }>,
])[] = [
  ['an operation that nobody knows', 'invisible', async () => ({ operation: 'tenant.delete' })],
  [
    'an operation on a surface that does not offer it',
    'invisible',
    async () => ({ operation: CHECK, change: { surface: 'groups' } }),
  ],
  [
    'a directory that nobody has',
    'invisible',
    async () => ({ change: { target: { kind: 'directory', directoryId: randomUUID() as DirectoryId } } }),
  ],
  [
    'a connection of another tenant',
    'invisible',
    async ({ world, workspace }) => {
      const other = await world.readyTenant(workspace)
      return { change: { parsed: withConnection(other.connectionId) } }
    },
  ],
  ['a connection that never was', 'invisible', async () => ({ change: { parsed: withConnection(2 ** 40) } })],
  [
    'something malformed in a tenant that is not theirs',
    'invisible',
    async ({ world }) => ({
      actor: await world.person(await world.workspace('Fabrikam IT'), 'owner'),
      change: { parsed: MALFORMED },
    }),
  ],
  [
    'something malformed that they may not even start',
    'forbidden',
    async ({ world, workspace }) => ({
      actor: await world.person(workspace, 'readonly'),
      change: { parsed: MALFORMED },
    }),
  ],
  ['something malformed', 'malformed', async () => ({ change: { parsed: MALFORMED } })],
  [
    'the tenant by its record',
    'accepted',
    async ({ tenant }) => ({ change: { target: { kind: 'tenant', tenantId: asTenantId(tenant.id) } } }),
  ],
  [
    'the tenant by its connection',
    'accepted',
    async ({ tenant }) => ({
      operation: CHECK,
      change: {
        surface: 'connection',
        target: { kind: 'connection', connectionId: asConnectionId(tenant.connectionId) },
      },
    }),
  ],
  [
    'a connection of the tenant',
    'accepted',
    async ({ tenant }) => ({ change: { parsed: withConnection(tenant.connectionId) } }),
  ],
  [
    'the tenant of a workspace in which a key of that workspace is used',
    'accepted',
    async ({ operator, workspace, world }) => ({ actor: await world.programOf(operator, workspace) }),
  ],
  [
    'the tenant of a workspace to which the key does not belong',
    'invisible',
    async ({ operator, world }) => ({ actor: await world.programOf(operator, await world.workspace()) }),
  ],
  [
    'a start with a key that may only read',
    'forbidden',
    async ({ operator, workspace, world }) => ({
      actor: await world.programOf(operator, workspace, { mostRole: 'readonly' }),
    }),
  ],
  [
    'a start with a key that might more than its owner, who may start',
    'accepted',
    async ({ operator, workspace, world }) => ({
      actor: await world.programOf(operator, workspace, { mostRole: 'owner' }),
    }),
  ],
  [
    'a start with a key that might more than its owner, who may only read',
    'forbidden',
    async ({ workspace, world }) => ({
      actor: await world.programOf(await world.person(workspace, 'readonly'), workspace, {
        mostRole: 'owner',
      }),
    }),
  ],
  [
    'a tenant to which a key is limited',
    'accepted',
    async ({ operator, tenant, workspace, world }) => ({
      actor: await world.programOf(operator, workspace, { tenants: [tenant] }),
    }),
  ],
  [
    'a tenant beside those to which a key is limited',
    'invisible',
    async ({ operator, workspace, world }) => ({
      actor: await world.programOf(operator, workspace, { tenants: [await world.tenant(workspace)] }),
    }),
  ],
  [
    'a tenant to which a key is limited and which its owner does not reach any more',
    'invisible',
    async ({ operator, tenant, workspace, world }) => {
      const actor = await world.programOf(operator, workspace, { tenants: [tenant] })
      await ofMembership(world, operator, { reach: 'selected' })
      return { actor }
    },
  ],
  [
    'a start where a key’s owner may more than in the workspace, with a key that may not',
    'forbidden',
    async ({ tenant, workspace, world }) => {
      const reader = await world.person(workspace, 'readonly')
      const membership = await ofMembership(world, reader, { reach: 'selected' })
      await world.database.db
        .insertInto('tenant_memberships')
        .values({ membership_id: membership, tenant_id: tenant.id, role: 'owner' })
        .execute()
      return { actor: await world.programOf(reader, workspace, { mostRole: 'readonly' }) }
    },
  ],
  [
    'a start with a key where its owner may more than in the workspace',
    'accepted',
    async ({ tenant, workspace, world }) => {
      const reader = await world.person(workspace, 'readonly')
      const membership = await ofMembership(world, reader, { reach: 'selected' })
      await world.database.db
        .insertInto('tenant_memberships')
        .values({ membership_id: membership, tenant_id: tenant.id, role: 'operator' })
        .execute()
      return { actor: await world.programOf(reader, workspace, { tenants: [tenant] }) }
    },
  ],
]

/** Changes a person's place in their workspace; answers which it is. */
async function ofMembership(
  { database: { db } }: World,
  { userId }: PersonalActor,
  change: { reach: 'all' | 'selected' },
): Promise<number> {
  const query = db.updateTable('workspace_memberships').set(change).where('user_id', '=', userId)
  return (await query.returning('id').executeTakeFirstOrThrow()).id
}

const saidBy = (answer: StartAnswer) => (answer.kind === 'decided' ? answer.outcome.kind : answer.kind)

describe.each(ENGINES)('on %s', (engine) => {
  let world: World
  let scene: Scene
  beforeAll(async () => {
    world = await openWorld(engine)
  })
  afterAll(() => world.close())
  beforeEach(async () => {
    const workspace = await world.workspace()
    const operator = await world.person(workspace, 'operator')
    scene = { world, workspace, operator, tenant: await world.readyTenant(workspace) }
  })

  test.each(ASKS)('%s is answered with %s', async (_what, said, arrange) => {
    const { actor = scene.operator, change = {}, operation = SYNC } = await arrange(scene)

    const answer = await world.start(actor, scene.tenant, operation, change)

    expect(saidBy(answer)).toBe(said)
  })

  test('an answer that is a day old is given no more: the key may be used again', async () => {
    const idempotency = { key: `day-${scene.tenant.id}`, requestHash: 'a' }
    await world.start(scene.operator, scene.tenant, SYNC, { idempotency })
    await sql`
      update idempotency_keys set created_at = now() - interval '25 hours' where key = ${idempotency.key}`.execute(
      world.database.db,
    )

    const again = await world.start(scene.operator, scene.tenant, SYNC, {
      idempotency: { ...idempotency, requestHash: 'b' },
    })

    expect(saidBy(again)).toBe('deduped')
  })

  describe('when the database objects to the commit', () => {
    const raising = (code: string) =>
      `create or replace function object_to_records() returns trigger language plpgsql as $$
        begin raise exception 'objected' using errcode = '${code}'; end $$`
    const objecting = async (code: string, times: number, change: Partial<StartAsk> = {}) => {
      const { db } = world.database
      let commits = 0
      await sql.raw(raising(code)).execute(db)
      await sql`
        create trigger object_to_records before insert on audit_records
          for each row execute function object_to_records()`.execute(db)
      const gate = {
        ...world.gate,
        atRacePoint: async (point: string) => {
          if (point === 'before_commit' && ++commits > times)
            await sql`drop trigger if exists object_to_records on audit_records`.execute(db)
        },
      }
      const answer = await start(gate, startAsk(scene.operator, scene.tenant, SYNC, change)).then(
        saidBy,
        (fault: Error) => `failed: ${fault.message}`,
      )
      await sql`drop trigger if exists object_to_records on audit_records`.execute(db)
      return { answer, commits }
    }

    test.each([
      ['somebody else used the key', '23505'],
      ['the statement could not be put in an order', '40001'],
      ['two were in each other’s way', '40P01'],
    ])('%s: it is decided again', async (_why, code) => {
      expect(await objecting(code, 1)).toEqual({ answer: 'accepted', commits: 2 })
    })

    test('a lock that does not come, under a key: its first use is still undecided', async () => {
      const idempotency = { key: `lock-${scene.tenant.id}`, requestHash: 'a' }

      expect(await objecting('55P03', 1, { idempotency })).toEqual({ answer: 'key_undecided', commits: 1 })
    })

    test.each([
      ['a lock that does not come', '55P03'],
      ['anything else', 'P0001'],
    ])('%s is a fault, and nothing was started', async (_why, code) => {
      expect(await objecting(code, 1)).toEqual({ answer: 'failed: objected', commits: 1 })
      const { rows } = await sql`select id from operation_runs where tenant_id = ${scene.tenant.id}`.execute(
        world.database.db,
      )
      expect(rows).toEqual([])
    })
  })
})
