import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { ENGINES } from '../../../tests/world/databases.ts'
import { endlessRunner, SUCCEEDED, workerOf } from '../../../tests/world/workers.ts'
import { openWorld, startAsk, type World } from '../../../tests/world/world.ts'
import type { Db } from '../../database/index.ts'
import type { Clock, RacePoint } from '../../kernel/index.ts'
import { type StartAsk, start } from '../gate/index.ts'
import { sweep, workOn } from './index.ts'

const SYNC = 'directory.role_definitions.sync'
const settings = { leaseSeconds: 0.6, evidenceMaxAgeDays: 7, platformClientId: null }

describe.each(ENGINES)('on %s', (engine) => {
  let world: World
  let db: Db
  beforeAll(async () => {
    world = await openWorld(engine)
    db = world.database.db
  })
  afterAll(() => world.close())

  const admitted = async (operation = SYNC, change: Partial<StartAsk> = {}) => {
    const workspace = await world.workspace()
    const owner = await world.person(workspace, 'owner')
    const tenant = await world.tenant(workspace)
    const connectionId = await world.connection(tenant, {
      granted: ['RoleManagement.ReadWrite.Directory', 'DeviceManagementConfiguration.ReadWrite.All'],
    })
    const answer = await start(world.gate, startAsk(owner, tenant, operation, change))
    if (answer.kind !== 'decided') throw new Error(answer.kind)
    return { owner, tenant, connectionId, runId: answer.outcome.run.id }
  }
  const runRow = (id: number) =>
    db.selectFrom('operation_runs').selectAll().where('id', '=', id).executeTakeFirstOrThrow()
  const at = (wanted: RacePoint, act: () => Promise<unknown>) => async (point: RacePoint) => {
    if (point === wanted) await act()
  }

  test('a claim whose ground shifts at every turn is given up; the run waits for its next wake-up', async () => {
    const { connectionId, runId } = await admitted()
    let turns = 0
    const shift = () => {
      turns += 1
      return db
        .updateTable('provider_connections')
        .set({ label: `Turn ${turns}` })
        .where('id', '=', connectionId)
        .execute()
    }

    await workOn(
      workerOf(world, () => expect.fail('it was carried out'), { atRacePoint: at('before_claim', shift) }),
      runId,
    )

    expect(turns).toBe(10)
    expect(await runRow(runId)).toMatchObject({ status: 'queued', attempt: 0, fencing_token: 0 })
  })

  test('a run that was to be ended and is gone by then is looked at again', async () => {
    const { owner, runId, tenant } = await admitted()
    await world.person(tenant.workspaceId, 'owner', 'Owner Two')
    await db.deleteFrom('workspace_memberships').where('user_id', '=', owner.userId).execute()
    let moved = false
    const another = async () => {
      if (moved) return
      moved = true
      await db
        .insertInto('workspace_memberships')
        .values({ workspace_id: tenant.workspaceId, user_id: owner.userId, role: 'owner' })
        .execute()
      await workOn(
        workerOf(world, async () => SUCCEEDED),
        runId,
      )
    }

    await workOn(
      workerOf(world, () => expect.fail('it was carried out twice'), {
        atRacePoint: at('before_claim', another),
      }),
      runId,
    )

    expect(await runRow(runId)).toMatchObject({ outcome: 'succeeded', attempt: 1 })
  })

  test('a run of a tenant that is a draft, against every rule, is not carried out', async () => {
    const { runId, tenant } = await admitted()
    await sql`alter table tenants disable trigger tenants_move_on`.execute(db)
    await db.updateTable('tenants').set({ state: 'draft' }).where('id', '=', tenant.id).execute()
    await sql`alter table tenants enable trigger tenants_move_on`.execute(db)

    await workOn(
      workerOf(world, () => expect.fail('it was carried out')),
      runId,
    )

    expect(await runRow(runId)).toMatchObject({
      outcome: 'blocked',
      reason: { code: 'tenant_not_operable', state: 'draft' },
    })
  })

  test('an operation that nothing here carries out fails as a bug of ours', async () => {
    const { runId } = await admitted()
    const worker = workerOf(world, async () => SUCCEEDED, { runners: new Map() })

    await workOn(worker, runId)

    expect(await runRow(runId)).toMatchObject({ outcome: 'failed', reason: { code: 'internal_error' } })
    expect(worker.reported).toMatchObject([{ fault: new Error(`Nothing carries out ${SYNC}`) }])
  })

  test('a worker that is told to leave the moment it has claimed gives the run back at once', async () => {
    const { runId } = await admitted()
    const { runner } = endlessRunner()
    const leaving = workerOf(world, runner, {
      atRacePoint: at('after_claim', async () => leaving.shutDown()),
    })

    await workOn(leaving, runId)

    expect(await runRow(runId)).toMatchObject({ status: 'queued', attempt: 0 })
  })

  test('heartbeats keep a run for longer than its lease', async () => {
    const { runId } = await admitted()
    let beats = 0
    const work = workOn(
      workerOf(
        world,
        async ({ maySend }) => {
          let lease = (await runRow(runId)).lease_until
          while (beats < 4) {
            const { lease_until: now } = await runRow(runId)
            if (Number(now) > Number(lease)) beats += 1
            lease = now
            expect(maySend()).toBe(true)
            await new Promise((resolve) => setTimeout(resolve, 5))
          }
          return SUCCEEDED
        },
        { settings: { ...settings, leaseSeconds: 2.4 } },
      ),
      runId,
    )

    await work

    expect(await runRow(runId)).toMatchObject({ outcome: 'succeeded', attempt: 1 })
  })

  test('a worker that reaches the database no more stops before its lease can be over', async () => {
    const { runId } = await admitted()
    const { begun, runner } = endlessRunner()
    let cutOff = false
    const patchy = new Proxy(db, {
      get: (target, name) => {
        if (cutOff && name === 'getExecutor') throw new Error('the network is down')
        const found = Reflect.get(target, name)
        return typeof found === 'function' ? found.bind(target) : found
      },
    })
    let ahead = 0
    const clock: Clock = {
      now: () => new Date(),
      monotonic: () => performance.now() + ahead,
    }
    const work = workOn(workerOf(world, runner, { db: patchy, clock, settings }), runId)
    await begun
    cutOff = true
    ahead = 560

    await work

    expect(await runRow(runId)).toMatchObject({ status: 'running', outcome: null })
  })

  test('a writing run that shows a sign of life after it was found silent is not ended', async () => {
    const { runId } = await admitted('restore.execute', { surface: 'restore' })
    await sql`
      update operation_runs set status = 'running', attempt = 1, fencing_token = 1, started_at = now(),
        heartbeat_at = now() - interval '2 hours', lease_until = now() - interval '1 hour'
      where id = ${runId}`.execute(db)

    const swept = await sweep({
      db,
      requestTimeoutSeconds: 30,
      graceSeconds: 3600,
      report: (fault) => expect.fail(`${fault}`),
      atRacePoint: at('before_rescue', () =>
        sql`
          update operation_runs set heartbeat_at = now(), lease_until = now() + interval '1 minute'
          where id = ${runId}`.execute(db),
      ),
    })

    expect(swept).toEqual({ woken: 0, requeued: 0, ended: 0 })
    expect(await runRow(runId)).toMatchObject({ status: 'running', outcome: null })
  })
})
