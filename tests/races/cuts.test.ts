import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { PersonalActor } from '../../src/access/index.ts'
import type { Db } from '../../src/database/index.ts'
import { type StartAnswer, start } from '../../src/engine/gate/index.ts'
import { type Sweep, sweep, workOn } from '../../src/engine/worker/index.ts'
import type { AtRacePoint, RacePoint } from '../../src/kernel/index.ts'
import { ENGINES } from '../world/databases.ts'
import { SUCCEEDED, workerOf } from '../world/workers.ts'
import { openWorld, type SeededTenant, startAsk, type World } from '../world/world.ts'

const SYNC = 'directory.role_definitions.sync'
const START: readonly RacePoint[] = ['after_facts', 'before_commit', 'after_commit']
const WORKER: readonly RacePoint[] = [
  'before_claim',
  'after_claim',
  'before_finish',
  'in_finish',
  'after_finish',
]
const RESCUE: readonly RacePoint[] = ['before_rescue', 'after_rescue']

/** Code that stops at a point and never goes on, as if its process had died there. */
class Stopped extends Error {}
const stopAt =
  (point: RacePoint): AtRacePoint =>
  async (at) => {
    if (at === point) throw new Stopped(point)
  }

const SWEEPING: Omit<Sweep, 'db'> = { requestTimeoutSeconds: 30, graceSeconds: 60, report: () => {} }

interface Scene {
  readonly operator: PersonalActor
  readonly tenant: SeededTenant
}

describe.each(ENGINES)('on %s', (engine) => {
  let world: World
  let db: Db
  beforeAll(async () => {
    world = await openWorld(engine)
    db = world.database.db
  })
  afterAll(() => world.close())

  const scene = async (): Promise<Scene> => {
    const workspace = await world.workspace()
    return {
      operator: await world.person(workspace, 'operator'),
      tenant: await world.readyTenant(workspace),
    }
  }
  const admitted = async () => {
    const here = await scene()
    return { ...here, runId: runOf(await world.start(here.operator, here.tenant, SYNC)) }
  }
  const fallSilent = (runId: number) =>
    sql`
      update operation_runs set lease_until = now() - interval '1 hour', heartbeat_at = now() - interval '2 hours'
      where id = ${runId} and status = 'running'`.execute(db)
  /** An hour passes, sweeps come by, and a worker answers whatever wake-ups there are, each once. */
  const recover = async ({ tenant }: Scene): Promise<number[]> => {
    const carriedOut: number[] = []
    for (let turn = 0; turn < 4; turn++) {
      await sql`
        update operation_runs set created_at = created_at - interval '1 hour' where status = 'queued'
          and tenant_id = ${tenant.id}`.execute(db)
      await sql`
        update operation_runs set lease_until = lease_until - interval '1 hour',
          heartbeat_at = heartbeat_at - interval '1 hour'
        where status = 'running' and tenant_id = ${tenant.id}`.execute(db)
      await sweep({ ...SWEEPING, db })
      for (const runId of await takeWakeUps(db, tenant))
        await workOn(
          workerOf(world, async ({ run }) => {
            carriedOut.push(run.fencingToken)
            return SUCCEEDED
          }),
          runId,
        )
    }
    return carriedOut
  }
  const expectAllDone = async ({ operator, tenant }: Scene, runs: number) => {
    const { rows } = await sql<{ outcome: string; told: number }>`
      select r.outcome, (select count(*) from notifications n where n.run_id = r.id) as told
      from operation_runs r where r.tenant_id = ${tenant.id}`.execute(db)
    expect(rows).toEqual(Array(runs).fill({ outcome: 'succeeded', told: 1 }))
    expect(kindOf(await world.start(operator, tenant, SYNC))).toBe('accepted')
  }

  describe('the code stops', () => {
    test.each(START)('in a start, %s: what was admitted is done, and nothing else', async (point) => {
      const here = await scene()

      const cut = start(
        { ...world.gate, atRacePoint: stopAt(point) },
        startAsk(here.operator, here.tenant, SYNC),
      )

      await expect(cut).rejects.toThrow(Stopped)
      const runs = point === 'after_commit' ? 1 : 0
      expect(await recover(here)).toHaveLength(runs)
      await expectAllDone(here, runs)
    })

    test.each(WORKER)('in a worker, %s: the run is done, under one token at a time', async (point) => {
      const here = await admitted()
      await takeWakeUps(db, here.tenant)
      const tokens: number[] = []
      const cut = workOn(
        workerOf(
          world,
          async ({ run }) => {
            tokens.push(run.fencingToken)
            return SUCCEEDED
          },
          { atRacePoint: stopAt(point) },
        ),
        here.runId,
      )

      await cut.catch((fault) => expect(fault).toBeInstanceOf(Stopped))
      tokens.push(...(await recover(here)))

      expect(new Set(tokens).size).toBe(tokens.length)
      await expectAllDone(here, 1)
    })

    test.each(RESCUE)('in a rescue, %s: the next one finishes it', async (point) => {
      const here = await admitted()
      await takeWakeUps(db, here.tenant)
      void workOn(
        workerOf(world, () => new Promise(() => {})),
        here.runId,
      )
      await expect
        .poll(() => db.selectFrom('operation_runs').select('status').where('id', '=', here.runId).execute())
        .toEqual([{ status: 'running' }])
      await fallSilent(here.runId)

      await sweep({ ...SWEEPING, db, atRacePoint: stopAt(point) })

      expect(await recover(here)).toHaveLength(1)
      await expectAllDone(here, 1)
    })
  })

  describe.runIf(engine === 'postgres')('the connection to the database is cut', () => {
    /** The first time at the point, the server ends every other session of this database. */
    const cutAt = (point: RacePoint): AtRacePoint => {
      let cut = false
      return async (at) => {
        if (at !== point || cut) return
        cut = true
        await sql`
          select pg_terminate_backend(pid) from pg_stat_activity
          where datname = current_database() and pid <> pg_backend_pid()`.execute(db)
      }
    }

    test.each(START)('in a start, %s: the answer is truthful, and asking again is safe', async (point) => {
      const here = await scene()
      const gate = { ...world.gate, atRacePoint: cutAt(point) }

      const first = await start(gate, startAsk(here.operator, here.tenant, SYNC)).then(kindOf, () => 'failed')
      const second = kindOf(await world.start(here.operator, here.tenant, SYNC))

      expect(['accepted', 'failed']).toContain(first)
      expect(second).toBe(first === 'accepted' ? 'deduped' : 'accepted')
      expect(await recover(here)).toHaveLength(1)
      await expectAllDone(here, 1)
    })

    test.each(WORKER)('in a worker, %s: the run is done, under one token at a time', async (point) => {
      const here = await admitted()
      await takeWakeUps(db, here.tenant)
      const tokens: number[] = []
      const worker = workerOf(
        world,
        async ({ run }) => {
          tokens.push(run.fencingToken)
          return SUCCEEDED
        },
        { atRacePoint: cutAt(point) },
      )

      await workOn(worker, here.runId).catch(() => {})
      tokens.push(...(await recover(here)))

      expect(new Set(tokens).size).toBe(tokens.length)
      const [run] = await db
        .selectFrom('operation_runs')
        .select(['status', 'outcome'])
        .where('id', '=', here.runId)
        .execute()
      expect(run?.status).toBe('completed')
    })
  })
})

/** Takes every waiting wake-up for the runs of a tenant, as the queue does, and says for which. */
async function takeWakeUps(db: Db, tenant: SeededTenant): Promise<number[]> {
  const { rows } = await sql<{ runId: number }>`
    update pgboss.job j set state = 'completed', completed_on = now() from operation_runs r
    where r.id = (j.data ->> 'runId')::bigint and r.tenant_id = ${tenant.id} and j.state = 'created'
    returning (j.data ->> 'runId')::bigint as "runId"`.execute(db)
  return [...new Set(rows.map(({ runId }) => runId))]
}

const kindOf = (answer: StartAnswer) => (answer.kind === 'decided' ? answer.outcome.kind : answer.kind)
const runOf = (answer: StartAnswer) => (answer.kind === 'decided' ? answer.outcome.run.id : 0)
