import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { ENGINES } from '../../../tests/world/databases.ts'
import { SUCCEEDED, workerOf } from '../../../tests/world/workers.ts'
import { openWorld, type SeededTenant, startAsk, type World } from '../../../tests/world/world.ts'
import type { PersonalActor } from '../../access/index.ts'
import type { OperationCode } from '../catalog/index.ts'
import { type StartAnswer, startWaiting } from '../gate/index.ts'
import { cancelRun } from '../runs/index.ts'
import { sweep, workOn } from '../worker/index.ts'
import {
  advance,
  cancelWaiting,
  startWhenFree,
  type WhenFreeAnswer,
  waitingStartFor,
  waitingStartsOfTenant,
} from './index.ts'

const CHECK = 'provider.connection.check'
const ROLES = 'directory.role_definitions.sync'
const GROUPS = 'directory.groups.sync'

describe.each(ENGINES)('a start that waits until its directory is free, on %s', (engine) => {
  let world: World
  beforeAll(async () => {
    world = await openWorld(engine)
  })
  afterAll(() => world?.close())

  /** A tenant that a check is working on. */
  async function busyTenant() {
    const { db } = world.database
    const workspace = await world.workspace()
    const ada = await world.person(workspace, 'operator', 'Ada')
    const ben = await world.person(workspace, 'operator', 'Ben')
    const tenant = await world.readyTenant(workspace)
    const holder = runOf(await world.start(ada, tenant, CHECK))
    const ask = (actor: PersonalActor, operation: OperationCode, change = {}) =>
      startWhenFree(world.gate, { ...startAsk(actor, tenant, operation, change), actor })
    const finish = (runId: number) =>
      workOn(
        workerOf(world, async () => SUCCEEDED),
        runId,
      )
    const line = () => waitingStartsOfTenant(db, tenant.id, ada)
    const see = async (answer: WhenFreeAnswer) => {
      const seen = await waitingStartFor(db, ada, answer.kind === 'waits' ? answer.waitingStartId : 0)
      if (!seen) throw new Error('It does not wait')
      return seen
    }
    return { db, workspace, ada, ben, tenant, holder, ask, finish, line, see }
  }

  /** Advances every scope for which a job was sent, as the queue would. */
  async function answerCalls(tenant: SeededTenant): Promise<number> {
    const { rows } = await sql<{ scopeKey: string }>`
      update pgboss.job set state = 'completed', completed_on = now()
      where name = 'scope.advance' and state = 'created' and data ->> 'scopeKey' like ${`%${tenant.directoryId}%`}
      returning data ->> 'scopeKey' as "scopeKey"`.execute(world.database.db)
    for (const { scopeKey } of rows) await advance(world.gate, scopeKey)
    return rows.length
  }

  const activeRun = async ({ id }: SeededTenant) =>
    (
      await sql<{ id: number; operation: string; initiator: string }>`
        select id, operation, initiator_name as initiator from operation_runs
        where tenant_id = ${id} and status in ('queued', 'running')`.execute(world.database.db)
    ).rows[0]

  const toldAbout = async (runId: number | undefined) =>
    world.database.db
      .selectFrom('notifications')
      .select('user_id')
      .where('run_id', '=', runId ?? 0)
      .execute()

  test('is simply tried while nothing is in the way', async () => {
    const { ada, tenant } = await busyTenant()
    const other = await world.readyTenant(tenant.workspaceId)

    const answer = await startWhenFree(world.gate, { ...startAsk(ada, other, GROUPS), actor: ada })

    expect(answer).toMatchObject({ kind: 'decided', outcome: { kind: 'accepted' } })
    expect(await waitingStartsOfTenant(world.database.db, other.id, ada)).toEqual([])
  })

  test('gets in line behind those who asked before, and is started in that order', async () => {
    const { ada, ask, ben, finish, holder, line, see, tenant } = await busyTenant()

    const first = await ask(ben, GROUPS)
    const second = await ask(ada, ROLES)

    expect((await line()).map(({ operation, person, place }) => [place, operation, person.name])).toEqual([
      [1, GROUPS, 'Ben'],
      [2, ROLES, 'Ada'],
    ])
    expect(await see(first)).toMatchObject({ isHeld: true, holder: { runId: holder, operation: CHECK } })

    await finish(holder)
    expect(await answerCalls(tenant)).toBe(1)
    const run = await activeRun(tenant)
    expect(run).toMatchObject({ operation: GROUPS, initiator: 'Ben' })
    expect(await see(first)).toMatchObject({ state: 'started', run: { id: run?.id }, place: null })
    expect(await see(second)).toMatchObject({ state: 'waiting', place: 1 })

    await finish(run?.id ?? 0)
    await answerCalls(tenant)
    expect(await activeRun(tenant)).toMatchObject({ operation: ROLES, initiator: 'Ada' })
    expect(await line()).toEqual([])
  })

  test('waits once, whoever asks again', async () => {
    const { ada, ask, ben, line } = await busyTenant()

    const answers = [await ask(ada, GROUPS), await ask(ada, GROUPS), await ask(ben, GROUPS)]

    expect(new Set(answers.map((answer) => answer.kind === 'waits' && answer.waitingStartId)).size).toBe(1)
    expect(await line()).toMatchObject([{ person: { name: 'Ada' } }])
  })

  test('keeps its place while somebody is faster at the click', async () => {
    const { ada, ask, ben, finish, holder, see, tenant } = await busyTenant()
    const waiting = await ask(ben, GROUPS)
    await finish(holder)
    const faster = runOf(await world.start(ada, tenant, ROLES))

    await answerCalls(tenant)
    expect(await see(waiting)).toMatchObject({ state: 'waiting', place: 1, holder: { runId: faster } })

    await finish(faster)
    await answerCalls(tenant)
    expect(await activeRun(tenant)).toMatchObject({ operation: GROUPS, initiator: 'Ben' })
  })

  test('joins the same work that somebody started at the click, wherever it stood', async () => {
    const { ada, ask, ben, finish, holder, see, tenant } = await busyTenant()
    const first = await ask(ben, ROLES)
    const same = await ask(ben, GROUPS)
    await finish(holder)
    const faster = runOf(await world.start(ada, tenant, GROUPS))

    await answerCalls(tenant)

    expect(await see(same)).toMatchObject({ state: 'joined', run: { id: faster } })
    expect(await see(first)).toMatchObject({ state: 'waiting', place: 1 })
  })

  test('moves on when the work in the way is cancelled, too', async () => {
    const { ask, ben, db, holder, tenant } = await busyTenant()
    await ask(ben, GROUPS)

    await db.transaction().execute((tx) => cancelRun(tx, holder, 'Ada'))
    await answerCalls(tenant)

    expect(await activeRun(tenant)).toMatchObject({ operation: GROUPS })
  })

  test('is advanced by a sweep when the word of the ended run was lost', async () => {
    const { ask, ben, db, finish, holder, tenant } = await busyTenant()
    await ask(ben, GROUPS)
    await finish(holder)
    await sql`delete from pgboss.job where name = 'scope.advance'`.execute(db)

    const sweeping = {
      db,
      requestTimeoutSeconds: 30,
      graceSeconds: 60,
      report: (fault: unknown) => expect.fail(`${fault}`),
    }
    await sweep(sweeping)
    await sweep(sweeping)

    expect(await answerCalls(tenant)).toBe(1)
    expect(await activeRun(tenant)).toMatchObject({ operation: GROUPS })
  })

  test.each([
    ['was removed', (userId: string) => sql`delete from workspace_memberships where user_id = ${userId}`],
    [
      'lost the role',
      (userId: string) => sql`update workspace_memberships set role = 'readonly' where user_id = ${userId}`,
    ],
  ])('is not started for somebody who %s; it is recorded and told once', async (_how, loses) => {
    const { ada, ask, ben, db, finish, holder, see, tenant } = await busyTenant()
    const theirs = await ask(ben, GROUPS)
    await ask(ada, ROLES)
    await loses(ben.userId).execute(db)

    await finish(holder)
    await answerCalls(tenant)

    const ended = await see(theirs)
    expect(ended).toMatchObject({ state: 'refused', reason: { code: 'authorization_lost' } })
    expect(await toldAbout(ended.run?.id)).toEqual([{ user_id: ben.userId }])
    expect(await activeRun(tenant)).toMatchObject({ operation: ROLES, initiator: 'Ada' })
  })

  test('ends when nobody of the account that asked is left', async () => {
    const { ask, ben, db, finish, holder, see, tenant } = await busyTenant()
    const theirs = await ask(ben, GROUPS)
    await sql`delete from users where id = ${ben.userId}`.execute(db)

    await finish(holder)
    await answerCalls(tenant)

    const ended = await see(theirs)
    expect(ended).toMatchObject({ state: 'refused', reason: { code: 'authorization_lost' } })
    expect(await toldAbout(ended.run?.id)).toEqual([])
    expect(await activeRun(tenant)).toBeUndefined()
  })

  test('starts nothing once its tenant is gone', async () => {
    const { ada } = await busyTenant()
    const since = new Date().toISOString()
    const gone = {
      id: 1e9,
      tenantId: 1e9,
      operation: GROUPS,
      selection: {},
      connectionId: null,
      sessionId: null,
      since,
    } as const

    expect(await startWaiting(world.gate, { ...gone, actor: ada, person: ada })).toBe('not_its_turn')
  })

  test.each([
    ['was withdrawn', (key: string) => sql`delete from api_key_workspaces where api_key_id = ${key}`],
    ['has expired', (key: string) => sql`update api_keys set expires_at = now() where id = ${key}`],
    ['was switched off', (key: string) => sql`update api_keys set enabled = false where id = ${key}`],
  ])('of a program ends when its key %s', async (_how, ends) => {
    const { ada, ask, finish, holder, see, tenant, workspace, db } = await busyTenant()
    const program = await world.programOf(ada, workspace)
    const theirs = await ask(program, GROUPS)
    await ends(program.kind === 'api_key' ? program.keyId : '').execute(db)

    await finish(holder)
    await answerCalls(tenant)

    expect(await see(theirs)).toMatchObject({
      state: 'refused',
      reason: { code: 'authorization_lost' },
    })
  })

  test('is blocked when its connection was disabled meanwhile, and its person is told once', async () => {
    const { ask, ben, db, holder, see, tenant } = await busyTenant()
    const waiting = [await ask(ben, GROUPS), await ask(ben, ROLES)] as const
    await db
      .updateTable('provider_connections')
      .set({ is_enabled: false })
      .where('id', '=', tenant.connectionId)
      .execute()

    await db.transaction().execute((tx) => cancelRun(tx, holder, 'Ada'))
    await answerCalls(tenant)
    await answerCalls(tenant)

    for (const answer of waiting) {
      const ended = await see(answer)
      expect(ended).toMatchObject({
        state: 'refused',
        reason: { code: 'provider_connection_disabled' },
      })
      expect(await toldAbout(ended.run?.id)).toEqual([{ user_id: ben.userId }])
    }
  })

  test('waits on while Microsoft asks for a pause, and is tried once that is over', async () => {
    const { ada, ask, ben, db, finish, holder, line, tenant } = await busyTenant()
    await ask(ben, GROUPS)
    await ask(ada, ROLES)
    const closedFor = (seconds: number) =>
      sql`update provider_connections set throttled_until = now() + ${seconds} * interval '1s'
        where id = ${tenant.connectionId}`.execute(db)
    await closedFor(3600)

    await finish(holder)
    await answerCalls(tenant)
    expect(await activeRun(tenant)).toBeUndefined()
    expect(await line()).toHaveLength(2)

    await closedFor(-1)
    await sweep({ db, requestTimeoutSeconds: 30, graceSeconds: 60, report: () => {} })
    await answerCalls(tenant)
    expect(await activeRun(tenant)).toMatchObject({ operation: GROUPS, initiator: 'Ben' })
    expect(await line()).toHaveLength(1)
  })

  test('that has waited for more than a day is ended, even while the directory is held', async () => {
    const { ask, ben, db, line, see, tenant } = await busyTenant()
    const waiting = await ask(ben, GROUPS)
    await sql`update waiting_starts set asked_at = now() - interval '25 hours' where tenant_id = ${tenant.id}`.execute(
      db,
    )

    await sweep({ db, requestTimeoutSeconds: 30, graceSeconds: 60, report: () => {} })
    await answerCalls(tenant)

    const ended = await see(waiting)
    expect(ended).toMatchObject({
      state: 'refused',
      reason: { code: 'waited_too_long', hours: 24 },
    })
    expect(await toldAbout(ended.run?.id)).toEqual([{ user_id: ben.userId }])
    expect(await line()).toEqual([])
  })

  test('that was cancelled is never started, and stays cancelled', async () => {
    const { ada, ask, ben, db, finish, holder, see, tenant } = await busyTenant()
    const waiting = await ask(ben, GROUPS)
    const { id } = await see(waiting)

    expect(await cancelWaiting(db, id, ada, 'c-1')).toBe(true)
    expect(await cancelWaiting(db, id, ben, 'c-2')).toBe(false)
    await finish(holder)

    expect(await answerCalls(tenant)).toBe(0)
    expect(await activeRun(tenant)).toBeUndefined()
    expect(await see(waiting)).toMatchObject({ state: 'cancelled', cancelledBy: 'Ada' })
  })

  describe('that was asked for by two', () => {
    const toldOf = async (answer: WhenFreeAnswer) =>
      (
        await world.database.db
          .selectFrom('notifications')
          .select('user_id')
          .where('waiting_start_id', '=', answer.kind === 'waits' ? answer.waitingStartId : 0)
          .orderBy('user_id')
          .execute()
      ).map(({ user_id }) => user_id)
    const sorted = (...people: PersonalActor[]) => people.map(({ userId }) => `${userId}`).sort()

    test('and is cancelled by a third is told to both, once', async () => {
      const { ada, ask, ben, db, see, workspace } = await busyTenant()
      const cleo = await world.person(workspace, 'operator', 'Cleo')
      const waiting = await ask(ben, GROUPS)
      await ask(ada, GROUPS)
      await ask(ada, GROUPS)

      expect(await see(waiting)).toMatchObject({ person: { name: 'Ben' }, isFollowed: true })
      await cancelWaiting(db, (await see(waiting)).id, cleo, 'c-1')
      await cancelWaiting(db, (await see(waiting)).id, cleo, 'c-2')

      expect(await toldOf(waiting)).toEqual(sorted(ada, ben))
    })

    test('is not told to whoever cancelled it', async () => {
      const { ada, ask, ben, db, see } = await busyTenant()
      const own = await ask(ben, GROUPS)
      await cancelWaiting(db, (await see(own)).id, ben, 'c-1')
      expect(await toldOf(own)).toEqual([])

      const again = await ask(ben, GROUPS)
      await ask(ada, GROUPS)
      await cancelWaiting(db, (await see(again)).id, ada, 'c-2')
      expect(await toldOf(again)).toEqual(sorted(ben))
    })

    test('and is refused is told to the second; the first has the notification of its record', async () => {
      const { ada, ask, ben, db, finish, holder, see, tenant } = await busyTenant()
      const waiting = await ask(ben, GROUPS)
      await ask(ada, GROUPS)
      await sql`update workspace_memberships set role = 'readonly' where user_id = ${ben.userId}`.execute(db)

      await finish(holder)
      await answerCalls(tenant)

      expect(await toldOf(waiting)).toEqual(sorted(ada))
      expect(await toldAbout((await see(waiting)).run?.id)).toEqual([{ user_id: ben.userId }])
    })

    test('and is started is told to nobody', async () => {
      const { ada, ask, ben, finish, holder, tenant } = await busyTenant()
      const waiting = await ask(ben, GROUPS)
      await ask(ada, GROUPS)

      await finish(holder)
      await answerCalls(tenant)

      expect(await toldOf(waiting)).toEqual([])
    })
  })

  test('whose attempt always fails is given up after a few times, told, and the line moves on', async () => {
    const { ada, ask, ben, db, finish, holder, see, tenant } = await busyTenant()
    const poisoned = await ask(ben, GROUPS)
    await ask(ada, ROLES)
    const { id } = await see(poisoned)
    await sql`update waiting_starts set operation = 'directory.forgotten.sync' where id = ${id}`.execute(db)
    await finish(holder)
    await sql`delete from pgboss.job where name = 'scope.advance'`.execute(db)
    const { rows } = await sql<{ scope: string }>`
      select scope_key as scope from tenants where id = ${tenant.id}`.execute(db)
    const reported: string[] = []
    const tryAll = () =>
      advance(world.gate, rows[0]?.scope ?? '', (_, { correlationId }) => reported.push(correlationId))

    for (let time = 1; time < 5; time++) await tryAll()
    expect(await activeRun(tenant)).toBeUndefined()
    expect(await see(poisoned)).toMatchObject({ state: 'waiting', place: 1 })

    await tryAll()
    expect(reported).toHaveLength(5)
    expect(await see(poisoned)).toMatchObject({
      state: 'refused',
      run: null,
      reason: { code: 'internal_error', correlationId: reported.at(-1) },
    })
    const told = await db
      .selectFrom('notifications')
      .select('user_id')
      .where('waiting_start_id', '=', id)
      .execute()
    expect(told).toEqual([{ user_id: ben.userId }])
    expect(await activeRun(tenant)).toMatchObject({ operation: ROLES, initiator: 'Ada' })
    const records = await db
      .selectFrom('audit_records')
      .select(['action', 'correlation_id'])
      .where('target_kind', '=', 'waiting_start')
      .where('target_id', '=', String(id))
      .orderBy('id')
      .execute()
    expect(records.at(-1)).toEqual({ action: 'waiting_start.give_up', correlation_id: reported.at(-1) })
  })

  test('is the same work for whoever asks after its tenant got another scope', async () => {
    const { ada, ask, ben, db, finish, holder, line, tenant } = await busyTenant()
    const waiting = await ask(ben, GROUPS)
    const before = await ask(ben, ROLES)
    await finish(holder)
    await sql`delete from pgboss.job where name = 'scope.advance'`.execute(db)
    await sql`update tenants set proven_at = case when proven_at is null then now() end where id = ${tenant.id}`.execute(
      db,
    )
    const other = runOf(await world.start(ada, tenant, CHECK))

    expect(await ask(ada, GROUPS)).toMatchObject({ kind: 'waits', waitingStartId: idOf(waiting) })
    expect(await line()).toHaveLength(2)

    await finish(other)
    await sql`delete from pgboss.job where name = 'scope.advance'`.execute(db)
    const faster = runOf(await world.start(ada, tenant, ROLES))
    const { rows } = await sql<{ scope: string }>`
      select scope_key as scope from tenants where id = ${tenant.id}`.execute(db)
    await advance(world.gate, rows[0]?.scope ?? '')
    expect(await waitingStartFor(db, ada, idOf(before))).toMatchObject({
      state: 'joined',
      run: { id: faster },
    })
    expect(await waitingStartFor(db, ada, idOf(waiting))).toMatchObject({ state: 'waiting' })
  })

  test('of a check is a check of the connection that was the default when it was asked for', async () => {
    const { ada, ask, ben, db, finish, holder, tenant } = await busyTenant()
    const spare = await world.connection(tenant, { isDefault: false, label: 'Spare' })
    await finish(holder)
    const other = runOf(await world.start(ada, tenant, GROUPS))
    const byDefault = await ask(ben, CHECK)
    await sql`update provider_connections set is_default = false where id = ${tenant.connectionId}`.execute(
      db,
    )
    await sql`update provider_connections set is_default = true where id = ${spare}`.execute(db)

    const ofSpare = await ask(ada, CHECK)
    const input = { connectionId: tenant.connectionId, selection: {}, sourceSurface: null }
    const ofFirst = await ask(ada, CHECK, { parsed: { ok: true, input } })
    expect(idOf(ofSpare)).not.toBe(idOf(byDefault))
    expect(idOf(ofFirst)).toBe(idOf(byDefault))

    await finish(other)
    await answerCalls(tenant)
    const { rows } = await sql`
      select provider_connection_id as connection from operation_runs
      where tenant_id = ${tenant.id} and status = 'queued'`.execute(db)
    expect(rows).toEqual([{ connection: tenant.connectionId }])
  })

  test('goes along when its tenant is proven and gets another scope', async () => {
    const { ask, ben, db, finish, holder, tenant } = await busyTenant()
    await ask(ben, GROUPS)
    await finish(holder)
    await db.updateTable('tenants').set({ proven_at: null }).where('id', '=', tenant.id).execute()
    const { rows } = await sql`
      select w.id from waiting_starts w join tenants t on t.id = w.tenant_id and t.scope_key = w.scope_key
      where t.id = ${tenant.id}`.execute(db)
    expect(rows).toHaveLength(1)

    await sweep({ db, requestTimeoutSeconds: 30, graceSeconds: 60, report: () => {} })
    await answerCalls(tenant)

    expect(await activeRun(tenant)).toMatchObject({ operation: GROUPS })
  })

  test('finds no place in a line of twenty', async () => {
    const { ask, ben, db, tenant } = await busyTenant()
    await ask(ben, GROUPS)
    await sql`insert into waiting_starts (workspace_id, tenant_id, person_name, operation, selection, scope_key)
      select workspace_id, tenant_id, person_name, operation, jsonb_build_object('number', generate_series), scope_key
      from waiting_starts, generate_series(2, 20) where tenant_id = ${tenant.id}`.execute(db)

    expect(await ask(ben, ROLES)).toEqual({ kind: 'line_full' })
    expect(await ask(ben, GROUPS)).toMatchObject({ kind: 'waits' })
    await sql`delete from waiting_starts where tenant_id = ${tenant.id}`.execute(db)
  })

  test('sends nobody a word when nobody waits', async () => {
    const { db, finish, holder } = await busyTenant()
    const jobs = () => sql`select id from pgboss.job where name = 'scope.advance'`.execute(db)
    const before = await jobs()

    await finish(holder)

    expect((await jobs()).rows.length).toBe(before.rows.length)
  })
})

const idOf = (answer: WhenFreeAnswer) => (answer.kind === 'waits' ? answer.waitingStartId : 0)

const runOf = (answer: StartAnswer) => (answer.kind === 'decided' ? answer.outcome.run.id : 0)
