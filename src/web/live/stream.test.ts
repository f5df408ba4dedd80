import { randomUUID } from 'node:crypto'
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { ENGINES } from '../../../tests/world/databases.ts'
import { type LiveReader, liveReader, runsTold } from '../../../tests/world/live-events.ts'
import { heldRunner, SUCCEEDED, workerOf } from '../../../tests/world/workers.ts'
import { openWorld, type SeededTenant, type World } from '../../../tests/world/world.ts'
import type { PersonalActor } from '../../access/index.ts'
import { workOn } from '../../engine/worker/index.ts'
import { heartbeat } from '../../engine/worker/lease.sql.ts'
import { asWorkspaceId } from '../../kernel/index.ts'
import { createLiveFeed, type LiveFeed } from './feed.ts'
import { openStream } from './stream.ts'

const SYNC = 'directory.role_definitions.sync'

describe.each(ENGINES)('on %s', (engine) => {
  let world: World
  let live: LiveFeed
  beforeAll(async () => {
    world = await openWorld(engine)
    live = createLiveFeed(world.database)
  })
  afterAll(async () => {
    await live.close()
    await world.abandon() // operations are put there past the gate
  })

  /** Somebody at a browser, in a workspace of their own. */
  async function atBrowser(role: 'operator' | 'owner' = 'operator') {
    const workspaceId = await world.workspace()
    const actor = await world.person(workspaceId, role)
    return { actor, workspaceId, sessionId: await sessionOf(actor) }
  }
  async function sessionOf({ userId }: PersonalActor): Promise<string> {
    const id = randomUUID()
    await world.database.db
      .insertInto('sessions')
      .values({ id, user_id: userId, token: id, expires_at: new Date(Date.now() + 3_600_000) })
      .execute()
    return id
  }
  type Seat = Awaited<ReturnType<typeof atBrowser>>

  const open = (seat: Seat, since: string | null = null) => {
    const watcher = { ...seat, workspaceId: asWorkspaceId(seat.workspaceId), since }
    return openStream({ db: world.database.db, live }, watcher)
  }
  async function watching(seat: Seat, since: string | null = null): Promise<LiveReader> {
    const stream = open(seat, since)
    if (!stream) throw new Error('There are too many streams')
    const reader = liveReader(stream)
    if (since === null) expect(await reader.next()).toMatchObject({ all: true })
    return reader
  }
  async function started({ actor, workspaceId }: Seat, at?: SeededTenant): Promise<number> {
    const answer = await world.start(actor, at ?? (await world.readyTenant(workspaceId)), SYNC)
    return answer.kind === 'decided' ? answer.outcome.run.id : 0
  }
  const change = (runId: number, what = sql`tries = tries + 1`) =>
    sql`update operation_runs set ${what} where id = ${runId}`.execute(world.database.db)

  test('a start is told with the ids of its operation and tenant, and nothing else', async () => {
    const seat = await atBrowser()
    const reader = await watching(seat)
    const tenant = await world.readyTenant(seat.workspaceId)

    const runId = await started(seat, tenant)

    const told = { kind: 'operation', id: runId, tenant: tenant.directoryId }
    expect((await reader.until(runId)).at(-1)?.changes).toEqual([told])
    await reader.cut()
  })

  test('what happens in another workspace, or in a tenant out of reach, is never told', async () => {
    const seat = await atBrowser()
    const near = await world.readyTenant(seat.workspaceId)
    const far = await world.readyTenant(seat.workspaceId)
    const elsewhere = await started(await atBrowser())
    const owner = { ...seat, actor: await world.person(seat.workspaceId, 'owner') }
    const outOfReach = await started(owner, far)
    await reachOnly(seat, near)
    const reader = await watching(seat)

    await change(elsewhere)
    await change(outOfReach)
    const runId = await started(owner, near)
    await change(outOfReach)

    expect(runsTold(await reader.until(runId))).toEqual([runId])
    await reader.cut()
  })

  async function reachOnly({ actor }: Seat, tenant: SeededTenant): Promise<void> {
    await sql`with m as (
      update workspace_memberships set reach = 'selected' where user_id = ${actor.userId} returning id
    ) insert into tenant_memberships (membership_id, tenant_id) select id, ${tenant.id} from m`.execute(
      world.database.db,
    )
  }

  test('a mere sign of life is not told', async () => {
    const seat = await atBrowser()
    const [silent, runId] = [await started(seat), await started(seat)]
    const { begun, endWith, runner } = heldRunner()
    const work = workOn(workerOf(world, runner), silent)
    const { run } = await begun
    const reader = await watching(seat)
    // An older transaction of anybody may keep the position back: what was before it is told once.
    await change(runId)
    await reader.until(runId)

    expect(await heartbeat(world.database.db, run, 60)).toBeDefined()
    await change(runId)

    expect(runsTold(await reader.until(runId))).toEqual([runId])
    await reader.cut()
    endWith(SUCCEEDED)
    await work
  })

  test('many changes of one operation are told a few times a second, and the last one always', async () => {
    const seat = await atBrowser()
    const runId = await started(seat)
    const reader = await watching(seat)
    const began = performance.now()

    for (let done = 1; done <= 200; done++) await change(runId, sql`progress_done = ${done}`)

    const known = async () => {
      const query = world.database.db.selectFrom('operation_runs').select('progress_done')
      return (await query.where('id', '=', runId).executeTakeFirstOrThrow()).progress_done
    }
    let events = await reader.until(runId)
    while (!(await isLastTold(events.at(-1)?.id ?? '0', runId)))
      events = [...events, ...(await reader.until(runId))]
    expect(await known()).toBe(200)
    expect(events.length).toBeLessThanOrEqual((performance.now() - began) / 250 + 1)
    await reader.cut()
  })

  /** Whether everything that changed an operation was seen at a position. */
  async function isLastTold(position: string, runId: number): Promise<boolean> {
    const { rows } = await sql<{ told: boolean }>`
      select changed_by < ${position}::xid8 as told from operation_runs where id = ${runId}`.execute(
      world.database.db,
    )
    return rows[0]?.told === true
  }

  const LOSSES = [
    ['signs out', ({ sessionId }: Seat) => sql`delete from sessions where id = ${sessionId}`],
    [
      'is removed',
      ({ actor }: Seat) => sql`delete from workspace_memberships where user_id = ${actor.userId}`,
    ],
    [
      'gets another role',
      ({ actor }: Seat) =>
        sql`update workspace_memberships set role = 'readonly' where user_id = ${actor.userId}`,
    ],
    [
      'loses a tenant',
      ({ actor }: Seat) => sql`delete from tenant_memberships where membership_id in (
        select id from workspace_memberships where user_id = ${actor.userId})`,
    ],
    ['is deleted', ({ actor }: Seat) => sql`delete from users where id = ${actor.userId}`],
  ] as const

  test.each(LOSSES)(
    'the stream of somebody who %s ends at once, and tells nothing after',
    async (_, loss) => {
      const seat = await atBrowser()
      await world.person(seat.workspaceId, 'owner')
      const tenant = await world.readyTenant(seat.workspaceId)
      const runId = await started(seat, tenant)
      await reachOnly(seat, tenant)
      const reader = await watching(seat)

      await loss(seat).execute(world.database.db)
      await change(runId)

      expect(await reader.next()).toBeNull()
    },
  )

  test('a session that is past its time is told nothing, although nobody announced its end', async () => {
    const seat = await atBrowser()
    const runId = await started(seat)
    const reader = await watching(seat)

    await sql`update sessions set expires_at = now() where id = ${seat.sessionId}`.execute(world.database.db)
    await change(runId)

    expect(await reader.next()).toBeNull()
  })

  test('a tenant that was lost meanwhile is not told of when the stream comes back', async () => {
    const seat = await atBrowser()
    const owner = { ...seat, actor: await world.person(seat.workspaceId, 'owner') }
    const [near, far] = [await world.readyTenant(seat.workspaceId), await world.readyTenant(seat.workspaceId)]
    const [kept, lost] = [await started(owner, near), await started(owner, far)]
    const before = await watching(seat)
    await change(lost)
    const position = (await before.until(lost)).at(-1)?.id ?? ''
    await before.cut()

    await change(lost)
    await reachOnly(seat, near)
    await change(lost)
    await change(kept)

    const after = await watching(seat, position)
    expect(runsTold(await after.until(kept))).toEqual([kept])
    await after.cut()
  })

  test('a position that the database has not reached, and one from long ago, mean everything', async () => {
    const seat = await atBrowser()
    const ahead = await watching(seat, '9999999999999999999')
    expect(await ahead.next()).toMatchObject({ all: true })
    await ahead.cut()

    for (let number = 0; number < 201; number++)
      await sql`insert into operation_runs (workspace_id, tenant_id, operation, status, outcome, reason, directory_id, scope_key, identity, finished_at)
        select workspace_id, id, ${SYNC}, 'completed', 'blocked', '{"code":"tenant_not_operable"}', directory_id, scope_key, 'x', now()
        from tenants where id = ${(await world.readyTenant(seat.workspaceId)).id}`.execute(world.database.db)
    const behind = await watching(seat, '3')
    expect(await behind.next()).toMatchObject({ all: true, changes: [] })
    await behind.cut()
  })

  test('one browser has at most four streams; one that was closed makes room', async () => {
    const seat = await atBrowser()
    const streams = [await watching(seat), await watching(seat), await watching(seat), await watching(seat)]

    expect(open(seat)).toBeNull()
    await streams[0]?.cut()
    const another = open(seat)
    expect(another).not.toBeNull()
    await another?.cancel()
    for (const stream of streams) await stream.cut()
  })
})

test('a feed that is closed ends its streams and takes no more', async () => {
  const world = await openWorld('postgres')
  const live = createLiveFeed(world.database)
  const workspaceId = await world.workspace()
  const actor = await world.person(workspaceId, 'operator')
  const sessionId = randomUUID()
  const expires_at = new Date(Date.now() + 3_600_000)
  await world.database.db
    .insertInto('sessions')
    .values({ id: sessionId, user_id: actor.userId, token: sessionId, expires_at })
    .execute()
  const watcher = { actor, sessionId, workspaceId: asWorkspaceId(workspaceId), since: null }
  const stream = openStream({ db: world.database.db, live }, watcher)
  const reader = liveReader(stream ?? new ReadableStream())
  await reader.next()

  await live.close()

  expect(await reader.next()).toBeNull()
  expect(openStream({ db: world.database.db, live }, watcher)).toBeNull()
  await world.close()
})
