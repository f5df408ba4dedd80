import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import {
  bootstrapScene,
  COMPLIANCE,
  FAILED,
  GROUPS,
  INVENTORY,
  ROLES,
} from '../../../tests/world/bootstrap-scene.ts'
import { ENGINES } from '../../../tests/world/databases.ts'
import { openWorld, startAsk, type World } from '../../../tests/world/world.ts'
import { start } from '../gate/index.ts'
import { cancelRun } from '../runs/index.ts'
import { sweep } from '../worker/index.ts'
import { leaveBootstrap, startWhenFree, stepsOf } from './index.ts'

describe.each(ENGINES)('a bootstrap, on %s', (engine) => {
  let world: World
  beforeAll(async () => {
    world = await openWorld(engine)
  })
  afterAll(() => world?.close())

  const accepted = (operation: string, ...pending: string[]) => ({
    kind: 'decided',
    outcome: { kind: 'accepted', bootstrap: { acceptedOperation: operation, pendingOperations: pending } },
  })

  test('lets in one operation after the other, in the order of the catalog, as whoever asked', async () => {
    const { ada, advance, ask, atWork, finish, steps } = await bootstrapScene(world)

    expect(await ask(ada, [INVENTORY, ROLES, GROUPS])).toMatchObject(accepted(ROLES, GROUPS, INVENTORY))
    expect(await steps()).toEqual([`${ROLES} active`, `${GROUPS} pending`, `${INVENTORY} pending`])

    for (const operation of [ROLES, GROUPS, INVENTORY]) {
      const run = await atWork()
      expect(run).toMatchObject({ operation, initiator: 'Ada' })
      await finish(run?.id)
      await advance()
    }
    expect(await atWork()).toBeUndefined()
    expect(await steps()).toEqual([`${ROLES} finished`, `${GROUPS} finished`, `${INVENTORY} finished`])
  })

  test('goes on after a partial success', async () => {
    const { ada, advance, ask, atWork, finish, steps } = await bootstrapScene(world)
    await ask(ada, [ROLES, GROUPS])

    const reason = { code: 'provider_unreachable' } as const
    const ending = { outcome: 'partially_succeeded', counts: { failed: 1 }, reason, failures: [] } as const
    await finish((await atWork())?.id, { ending })
    await advance()

    expect(await steps()).toEqual([`${ROLES} finished`, `${GROUPS} active`])
  })

  test.each([
    ['fails', 'failed'],
    ['is cancelled', 'cancelled'],
  ])('pauses when a step %s: it is back at the head, and others of the line go by', async (_how, outcome) => {
    const { ada, advance, ask, atWork, ben, db, finish, steps, tenant } = await bootstrapScene(world)
    await ask(ada, [ROLES, GROUPS])
    const first = await atWork()
    const check = startAsk(ben, tenant, 'provider.connection.check')
    await startWhenFree(world.gate, { ...check, actor: ben })

    if (outcome === 'failed') await finish(first?.id, FAILED)
    else await db.transaction().execute((tx) => cancelRun(tx, first?.id ?? 0, 'Ben'))
    await advance()

    expect(await steps()).toEqual([`${ROLES} pending ${outcome}`, `${GROUPS} pending`])
    const others = await atWork()
    expect(others).toMatchObject({ operation: 'provider.connection.check', initiator: 'Ben' })
    await finish(others?.id)
    await advance()
    expect(await atWork()).toBeUndefined()

    expect(await ask(ben, [ROLES])).toMatchObject(accepted(ROLES, GROUPS))
    expect(await atWork()).toMatchObject({ operation: ROLES, initiator: 'Ben' })
  })

  test.each([
    ['skip', [`${ROLES} skipped`, `${GROUPS} active`]],
    ['drop', [`${GROUPS} active`]],
  ] as const)('that is paused goes on without its head after a %s', async (how, expected) => {
    const { ada, advance, ask, atWork, db, finish, sessionId, steps } = await bootstrapScene(world)
    await ask(ada, [ROLES, GROUPS])
    await finish((await atWork())?.id, FAILED)
    await advance()

    const gone = await db
      .transaction()
      .execute((tx) => leaveBootstrap(tx, sessionId, ada, { how, operations: [ROLES] }))

    expect(gone).toEqual([ROLES])
    await advance()
    expect(await steps()).toEqual(expected)
  })

  test('that is blocked at the click tells so, starts nothing, and keeps its order for later', async () => {
    const { ada, ask, atWork, db, steps, tenant } = await bootstrapScene(world)
    const switched = (isEnabled: boolean) =>
      db
        .updateTable('provider_connections')
        .set({ is_enabled: isEnabled })
        .where('id', '=', tenant.connectionId)
        .execute()
    await switched(false)

    expect(await ask(ada, [GROUPS, ROLES])).toMatchObject({
      outcome: {
        kind: 'blocked',
        reason: { code: 'provider_connection_disabled' },
        bootstrap: { acceptedOperation: null, pendingOperations: [ROLES, GROUPS] },
      },
    })
    expect(await steps()).toEqual([`${ROLES} pending blocked`, `${GROUPS} pending`])
    expect(await atWork()).toBeUndefined()
    const told = db.selectFrom('notifications').selectAll().where('user_id', '=', ada.userId)
    expect(await told.execute()).toEqual([])

    await switched(true)
    expect(await ask(ada, [GROUPS, ROLES])).toMatchObject(accepted(ROLES, GROUPS))
  })

  test('waits while other work holds the directory, and begins when that has ended', async () => {
    const { ada, advance, ask, atWork, ben, finish, steps, tenant } = await bootstrapScene(world)
    const other = await start(world.gate, {
      ...startAsk(ben, tenant, 'provider.connection.check'),
      surface: 'connection',
    })
    expect(other).toMatchObject({ outcome: { kind: 'accepted' } })

    expect(await ask(ada, [ROLES, GROUPS])).toMatchObject({
      outcome: {
        kind: 'scope_busy',
        bootstrap: { acceptedOperation: null, pendingOperations: [ROLES, GROUPS] },
      },
    })
    expect(await steps()).toEqual([`${ROLES} pending`, `${GROUPS} pending`])

    await finish((await atWork())?.id)
    await advance()
    expect(await steps()).toEqual([`${ROLES} active`, `${GROUPS} pending`])
  })

  test('joins the same work that somebody else started, and goes on when that ends', async () => {
    const { ada, advance, ask, atWork, ben, finish, steps, tenant } = await bootstrapScene(world)
    await start(world.gate, { ...startAsk(ben, tenant, GROUPS), surface: 'connection' })

    expect(await ask(ada, [GROUPS, INVENTORY])).toMatchObject({
      outcome: {
        kind: 'deduped',
        bootstrap: { acceptedOperation: GROUPS, pendingOperations: [INVENTORY] },
      },
    })
    await finish((await atWork())?.id)
    await advance()
    expect(await steps()).toEqual([`${GROUPS} finished`, `${INVENTORY} active`])
    expect(await atWork()).toMatchObject({ initiator: 'Ada' })
  })

  test('asked for again joins what is at work; more operations come into their place', async () => {
    const { ada, advance, ask, atWork, ben, finish, steps } = await bootstrapScene(world)
    await ask(ada, [GROUPS, INVENTORY])

    expect(await ask(ben, [ROLES, GROUPS])).toMatchObject({
      outcome: {
        kind: 'deduped',
        bootstrap: { acceptedOperation: GROUPS, pendingOperations: [ROLES, INVENTORY] },
      },
    })
    await finish((await atWork())?.id)
    await advance()
    expect(await steps()).toEqual([`${ROLES} active`, `${GROUPS} finished`, `${INVENTORY} pending`])
    expect(await atWork()).toMatchObject({ initiator: 'Ben' })
  })

  test.each<[string, (at: Awaited<ReturnType<typeof bootstrapScene>>) => Promise<unknown>, string]>([
    [
      'Microsoft wants a pause',
      ({ db, tenant }) =>
        sql`update provider_connections set throttled_until = now() + interval '1 hour'
          where id = ${tenant.connectionId}`.execute(db),
      'provider_throttled',
    ],
    [
      'its connection is disabled',
      ({ db, tenant }) =>
        sql`update provider_connections set is_enabled = false where id = ${tenant.connectionId}`.execute(db),
      'provider_connection_disabled',
    ],
    [
      'its tenant is archived',
      ({ db, tenant }) =>
        sql`update tenants set state = 'archived', archived_at = now() where id = ${tenant.id}`.execute(db),
      'tenant_not_operable',
    ],
  ])('takes more into its order while a step is at work and %s', async (_what, happens, code) => {
    const scene = await bootstrapScene(world)
    const { ada, ask, steps } = scene
    await ask(ada, [ROLES])
    await happens(scene)

    expect(await ask(ada, [GROUPS])).toMatchObject({
      outcome: {
        kind: 'blocked',
        reason: { code },
        bootstrap: { acceptedOperation: null, pendingOperations: [GROUPS] },
      },
    })
    expect(await steps()).toEqual([`${ROLES} active`, `${GROUPS} pending`])
  })

  test('is not run twice: what has finished stays finished', async () => {
    const { ada, ask, atWork, finish, steps } = await bootstrapScene(world)
    await ask(ada, [ROLES])
    await finish((await atWork())?.id)

    expect(await ask(ada, [ROLES])).toEqual({ kind: 'nothing_left' })
    expect(await ask(ada, [ROLES, GROUPS])).toMatchObject(accepted(GROUPS))
    expect(await steps()).toEqual([`${ROLES} finished`, `${GROUPS} active`])
  })

  test('with one Idempotency-Key is answered the same, and changes nothing the second time', async () => {
    const { ada, ask, db, sessionId } = await bootstrapScene(world)
    const idempotency = { key: 'once', requestHash: 'the same' }
    const version = async () =>
      (await db.selectFrom('onboarding_sessions').select('version').where('id', '=', sessionId).execute())[0]

    const first = await ask(ada, [ROLES, GROUPS], { idempotency })
    const before = await version()

    expect(await ask(ada, [ROLES, GROUPS], { idempotency })).toEqual(first)
    expect(await version()).toEqual(before)
    const another = { key: 'once', requestHash: 'another' }
    expect(await ask(ada, [ROLES], { idempotency: another })).toEqual({ kind: 'key_reused' })
  })

  test('asked for with a version that has passed changes nothing', async () => {
    const { ada, ask, steps } = await bootstrapScene(world)

    expect(await ask(ada, [ROLES], { expectedVersion: 99 })).toEqual({ kind: 'stale' })
    expect(await steps()).toEqual([])
    expect(await ask(ada, [ROLES], { expectedVersion: 1 })).toMatchObject(accepted(ROLES))
  })

  test('does not start through a connection that the session has no longer, or when it has not come so far', async () => {
    const { ada, ask, db, sessionId, steps, tenant } = await bootstrapScene(world)
    expect(await ask(ada, [ROLES], { stillHolds: async () => false })).toEqual({ kind: 'stale' })
    const another = await world.connection(tenant, { isDefault: false, label: 'Another app' })
    await db
      .updateTable('onboarding_sessions')
      .set({ connection_id: another })
      .where('id', '=', sessionId)
      .execute()

    expect(await ask(ada, [ROLES])).toEqual({ kind: 'stale' })
    expect(await steps()).toEqual([])
  })

  test('ends with a reason when its person may no longer onboard, and tells them', async () => {
    const { ada, advance, ask, atWork, ben, db, finish, steps } = await bootstrapScene(world)
    await ask(ada, [ROLES, GROUPS])
    await finish((await atWork())?.id)
    await sql`update workspace_memberships set role = 'operator' where user_id = ${ada.userId}`.execute(db)

    await advance()

    expect(await steps()).toEqual([`${ROLES} finished`, `${GROUPS} pending blocked`])
    const told = await sql`
      select r.operation, r.reason ->> 'code' as code
      from notifications n join operation_runs r on r.id = n.run_id
      where n.user_id = ${ada.userId} order by n.id`.execute(db)
    expect(told.rows).toEqual([
      { operation: ROLES, code: null },
      { operation: GROUPS, code: 'authorization_lost' },
    ])
    expect(await ask(ben, [GROUPS])).toMatchObject(accepted(GROUPS))
  })

  test('goes on although the word of its run was lost: the sweep sends it again, and not while it is paused', async () => {
    const { ada, ask, atWork, db, finish, scope } = await bootstrapScene(world)
    const jobs = async () =>
      (
        await sql`delete from pgboss.job where name = 'scope.advance' and data ->> 'scopeKey' = ${await scope()}
          returning id`.execute(db)
      ).rows.length
    const sweeps = () => sweep({ db, requestTimeoutSeconds: 30, graceSeconds: 0, report: () => {} })
    await ask(ada, [ROLES, GROUPS])
    await finish((await atWork())?.id)
    await jobs()

    await sweeps()
    expect(await jobs()).toBe(1)

    await ask(ada, [GROUPS, COMPLIANCE])
    await finish((await atWork())?.id, FAILED)
    await jobs()
    await sweeps()
    expect(await jobs()).toBe(0)
  })

  test('lets the line move after joining what is at work, and a fault in that takes nothing from the answer', async () => {
    const { ada, ask, ben, db, tenant } = await bootstrapScene(world)
    await ask(ada, [ROLES])
    const check = startAsk(ben, tenant, 'provider.connection.check')
    await startWhenFree(world.gate, { ...check, actor: ben })
    const waiting = sql`tenant_id = ${tenant.id} and onboarding_session_id is null`
    await sql`update waiting_starts set asked_at = now() - interval '25 hours' where ${waiting}`.execute(db)
    const state = async () => (await sql`select state from waiting_starts where ${waiting}`.execute(db)).rows
    const joined = { kind: 'decided', outcome: { kind: 'deduped' } }

    const faults: unknown[] = []
    const atRacePoint = async (point: string) => {
      if (point === 'before_advance') throw new Error('a fault of ours')
    }
    const gate = { ...world.gate, atRacePoint }
    const report = (fault: unknown) => void faults.push(fault)
    expect(await ask(ada, [GROUPS], { gate, report })).toMatchObject(joined)
    expect([faults.length, await state()]).toEqual([1, [{ state: 'waiting' }]])

    expect(await ask(ada, [GROUPS])).toMatchObject(joined)
    expect(await state()).toEqual([{ state: 'refused' }])
  })

  test('resumes what did not end well when somebody asks for something else', async () => {
    const { ada, ask, atWork, ben, finish, sessionId } = await bootstrapScene(world)
    await ask(ada, [ROLES])
    await finish((await atWork())?.id, FAILED)

    const answer = await ask(ben, [GROUPS])

    expect(answer).toMatchObject({ kind: 'decided', outcome: { kind: 'accepted' } })
    expect(await atWork()).toMatchObject({ operation: ROLES })
    expect(await stepsOf(world.database.db, sessionId)).toMatchObject([
      { operation: ROLES, state: 'active', askedBy: 'Ben' },
      { operation: GROUPS, state: 'pending' },
    ])
  })

  test('lets nobody undo by raw SQL what has finished, or put an operation in twice', async () => {
    const { ada, ask, atWork, db, finish, sessionId } = await bootstrapScene(world)
    await ask(ada, [ROLES, GROUPS])
    await finish((await atWork())?.id)

    const step = sql`onboarding_session_id = ${sessionId} and operation = ${ROLES}`
    await expect(
      sql`update waiting_starts set state = 'waiting', run_id = null, ended_at = null where ${step}`.execute(
        db,
      ),
    ).rejects.toMatchObject({ constraint: 'waiting_starts_end_once' })
    await expect(
      sql`insert into waiting_starts (workspace_id, tenant_id, person_name, operation, selection,
          provider_connection_id, scope_key, onboarding_session_id, position)
        select workspace_id, tenant_id, 'Eve', operation, selection, provider_connection_id, scope_key,
          onboarding_session_id, position from waiting_starts where ${step}`.execute(db),
    ).rejects.toMatchObject({ constraint: 'waiting_starts_step_once' })
  })
})
