import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type PersonalActor, SYSTEM } from '../../src/access/index.ts'
import { start } from '../../src/engine/gate/index.ts'
import { cancelRun, releaseRun } from '../../src/engine/runs/index.ts'
import { sweep, workOn } from '../../src/engine/worker/index.ts'
import { heldRunner, SUCCEEDED, workerOf } from '../world/workers.ts'
import { openWorld, startAsk, type World } from '../world/world.ts'

const SYNC = 'directory.groups.sync'
const SEEDS = Array.from({ length: 12 }, (_, seed) => seed + 1)

let world: World
let workspaceId: number
let operator: PersonalActor
beforeAll(async () => {
  world = await openWorld('postgres')
  workspaceId = await world.workspace()
  operator = await world.person(workspaceId, 'operator')
})
afterAll(() => world.close())

/** Numbers below one, always the same for a seed. */
function chances(seed: number): () => number {
  let state = seed * 2654435761
  return () => {
    state = (state * 1664525 + 1013904223) % 2 ** 32
    return state / 2 ** 32
  }
}

const db = () => world.database.db
const pause = (milliseconds: number) => new Promise((resolve) => setTimeout(resolve, milliseconds))

async function admitted(): Promise<number> {
  const answer = await world.start(operator, await world.readyTenant(workspaceId), SYNC)
  return answer.kind === 'decided' ? answer.outcome.run.id : 0
}

const told = async (runId: number) => {
  const { rows } = await sql<{ told: number; recorded: number; letters: number; status: string }>`
    select status, (select count(*)::int from notifications n where n.run_id = r.id) as told,
      (select count(*)::int from audit_records a where a.run_id = r.id and a.action = 'operation.finish') as recorded,
      (select count(*)::int from notification_letters l join notifications n on n.id = l.notification_id where n.run_id = r.id) as letters
    from operation_runs r where id = ${runId}`.execute(db())
  return rows[0]
}

/** Everybody who may end a run, each for himself and without asking the others. */
const ENDERS = {
  itsWorker: async () => {},
  aSweep: () =>
    sweep({
      db: db(),
      requestTimeoutSeconds: 0,
      graceSeconds: 3600,
      report: (fault) => expect.fail(`${fault}`),
    }),
  somebodyWhoStopsIt: (runId: number) =>
    db()
      .transaction()
      .execute((tx) => cancelRun(tx, runId, 'Ada')),
  anOwnerByForce: (runId: number) =>
    db()
      .transaction()
      .execute(async (tx) => {
        const { fencing_token } = await tx
          .selectFrom('operation_runs')
          .select('fencing_token')
          .where('id', '=', runId)
          .executeTakeFirstOrThrow()
        await releaseRun(tx, runId, fencing_token, { by: 'Ada', why: 'It hangs' })
      }),
  anotherWorker: (runId: number) =>
    workOn(
      workerOf(world, async () => SUCCEEDED),
      runId,
    ),
}

describe('whoever ends a run, and however many try', () => {
  test.each(SEEDS)('its initiator is told once (seed %i)', async (seed) => {
    const chance = chances(seed)
    await db().updateTable('users').set({ letters: 'always' }).where('id', '=', operator.userId).execute()
    for (let round = 0; round < 4; round++) {
      const runId = await admitted()
      if (chance() < 0.5)
        // its last attempt
        await sql`update operation_runs set attempt = 4, fencing_token = 4 where id = ${runId}`.execute(db())
      const { begun, endWith, runner } = heldRunner()
      const work = workOn(workerOf(world, runner), runId)
      await begun
      if (chance() < 0.6)
        await sql`update operation_runs set lease_until = now() - interval '1 minute' where id = ${runId}`.execute(
          db(),
        )

      const contenders = Object.values(ENDERS).filter(() => chance() < 0.7)
      await Promise.all([
        ...contenders.map(async (end) => {
          await pause(chance() * 12)
          await end(runId)
        }),
        pause(chance() * 12).then(() => endWith(SUCCEEDED)),
        work,
      ])
      await ENDERS.anotherWorker(runId)

      expect(await told(runId)).toEqual({ status: 'completed', told: 1, recorded: 1, letters: 1 })
    }
  })
})

test('two workers that come to the end of the same run together tell it once', async () => {
  const runId = await admitted()
  const one = heldRunner()
  const first = workOn(workerOf(world, one.runner), runId)
  await one.begun
  await sql`update operation_runs set lease_until = now() - interval '1 minute' where id = ${runId}`.execute(
    db(),
  )
  await ENDERS.aSweep()
  const other = heldRunner()
  const second = workOn(workerOf(world, other.runner), runId)
  await other.begun

  one.endWith(SUCCEEDED)
  other.endWith(SUCCEEDED)
  await Promise.all([first, second])

  expect(await told(runId)).toMatchObject({ status: 'completed', told: 1, recorded: 1 })
})

test('a run that cannot tell its end has not ended: both are one statement', async () => {
  const runId = await admitted()
  await sql`create function tells_nothing() returns trigger language plpgsql as $$
    begin raise exception 'no notification today'; end $$`.execute(db())
  await sql`create trigger tells_nothing before insert on notifications for each row execute function tells_nothing()`.execute(
    db(),
  )
  const worker = workerOf(world, async () => SUCCEEDED)

  await workOn(worker, runId).catch(() => {})
  expect(await told(runId)).toEqual({ status: 'running', told: 0, recorded: 0, letters: 0 })

  await sql`drop trigger tells_nothing on notifications`.execute(db())
  await sql`update operation_runs set lease_until = now() - interval '1 minute' where id = ${runId}`.execute(
    db(),
  )
  await ENDERS.aSweep()
  await ENDERS.anotherWorker(runId)
  expect(await told(runId)).toMatchObject({ status: 'completed', told: 1, recorded: 1 })
})

test('what System started tells nobody, however it ends', async () => {
  const tenant = await world.readyTenant(workspaceId)
  const ask = startAsk(operator, tenant, 'provider.connection.check', { actor: SYSTEM })
  const answer = await start(world.gate, ask)
  const runId = answer.kind === 'decided' ? answer.outcome.run.id : 0

  await ENDERS.somebodyWhoStopsIt(runId)

  expect(await told(runId)).toEqual({ status: 'completed', told: 0, recorded: 1, letters: 0 })
})
