import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Runner, sweep, type Work, workOn } from '../../src/engine/worker/index.ts'
import { cloudProfile, createGraphClient, createTokenCache, readOrganization } from '../../src/graph/index.ts'
import type { Clock, DirectoryId } from '../../src/kernel/index.ts'
import { contoso, type Sandbox, startSandbox } from '../../src/sandbox/index.ts'
import { SUCCEEDED, workerOf } from '../world/workers.ts'
import { openWorld, type World } from '../world/world.ts'

const SYNC = 'directory.role_definitions.sync'

let world: World
let sandbox: Sandbox
beforeAll(async () => {
  world = await openWorld('postgres')
  sandbox = await startSandbox({ port: 0, directories: [contoso()] })
})
afterAll(async () => {
  await sandbox.stop()
  await world.close()
})

const microsoft = () => sandbox.world.directory('contoso.example')

/** A Graph client as runs get it, for as long as their work may go on. */
function graphOf({ maySend, signal }: Work) {
  const [app] = contoso().apps
  return createGraphClient({
    profile: cloudProfile('sandbox', { authorityBaseUrl: sandbox.url, graphBaseUrl: sandbox.url }),
    directoryId: contoso().id as DirectoryId,
    clientId: app?.clientId ?? '',
    credential: { kind: 'client_secret', secret: app?.secrets[0]?.value ?? '' },
    credentialVersion: '1',
    tokens: createTokenCache(),
    signal,
    maySend,
  })
}

/** A runner that asks Microsoft, waits, and asks again. */
function pausingRunner() {
  const asked = Promise.withResolvers<void>()
  const goOn = Promise.withResolvers<void>()
  const again = Promise.withResolvers<unknown>()
  const runner: Runner = async (work) => {
    const graph = graphOf(work)
    if (!(await readOrganization(graph)).ok) throw new Error('Microsoft did not answer')
    asked.resolve()
    await goOn.promise
    again.resolve(await readOrganization(graph))
    return SUCCEEDED
  }
  return { runner, asked: asked.promise, goOn: goOn.resolve, again: again.promise }
}

async function admitted(): Promise<number> {
  const workspace = await world.workspace()
  const operator = await world.person(workspace, 'operator')
  const answer = await world.start(operator, await world.readyTenant(workspace), SYNC)
  return answer.kind === 'decided' ? answer.outcome.run.id : 0
}

async function rescue(runId: number): Promise<void> {
  const { db } = world.database
  await sql`update operation_runs set lease_until = now() - interval '1 hour' where id = ${runId}`.execute(db)
  const { requeued } = await sweep({
    db,
    requestTimeoutSeconds: 30,
    graceSeconds: 3600,
    report: (fault) => expect.fail(`${fault}`),
  })
  expect(requeued).toBe(1)
}

describe('a worker whose run was rescued sends no further request', () => {
  test('when it was suspended and no timer has run since', async () => {
    let asleepFor = 0
    const clock: Clock = {
      now: () => new Date(Date.now() + asleepFor),
      monotonic: () => performance.now(),
    }
    const runId = await admitted()
    const { again, asked, goOn, runner } = pausingRunner()
    const late = workOn(workerOf(world, runner, { clock }), runId)
    await asked
    asleepFor = 3_600_000
    await rescue(runId)
    const before = microsoft().graphRequests

    goOn()
    await late

    expect(await again).toMatchObject({ ok: false, failure: { kind: 'cancelled' } })
    expect(microsoft().graphRequests).toBe(before)
  })

  test('when it was suspended right after its claim, before it kept the run', async () => {
    let asleepFor = 0
    const clock: Clock = {
      now: () => new Date(Date.now() + asleepFor),
      monotonic: () => performance.now(),
    }
    const runId = await admitted()
    const late = workOn(
      workerOf(world, () => expect.fail('its work began'), {
        clock,
        atRacePoint: async (point) => {
          if (point !== 'after_claim') return
          asleepFor = 3_600_000
          await rescue(runId)
        },
      }),
      runId,
    )

    await late
  })

  test('and prolongs no lease, when its own clock has told it to stop', async () => {
    let asleepFor = 0
    const clock: Clock = {
      now: () => new Date(Date.now() + asleepFor),
      monotonic: () => performance.now(),
    }
    const runId = await admitted()
    const settings = { leaseSeconds: 1, evidenceMaxAgeDays: 7, platformClientId: null }
    const told = Promise.withResolvers<void>()
    const goOn = Promise.withResolvers<void>()
    const runner: Runner = async ({ maySend }) => {
      asleepFor = 3_600_000
      expect(maySend()).toBe(false)
      told.resolve()
      await goOn.promise // work that does not come back when it is told to
      return SUCCEEDED
    }
    const late = workOn(workerOf(world, runner, { clock, settings }), runId)
    await told.promise

    await expect
      .poll(async () => {
        const { rows } = await sql<{ over: boolean }>`
          select lease_until < now() as over from operation_runs where id = ${runId}`.execute(
          world.database.db,
        )
        return rows[0]?.over
      })
      .toBe(true)

    goOn.resolve()
    await late
  })

  test('when its heartbeat was told so', async () => {
    const runId = await admitted()
    const { again, asked, goOn, runner } = pausingRunner()
    const told = Promise.withResolvers<void>()
    const settings = { leaseSeconds: 3, evidenceMaxAgeDays: 7, platformClientId: null }
    const late = workOn(
      workerOf(
        world,
        (work) => {
          work.signal.addEventListener('abort', () => told.resolve())
          return runner(work)
        },
        { settings },
      ),
      runId,
    )
    await asked
    await rescue(runId)
    const before = microsoft().graphRequests
    await told.promise

    goOn()
    await late

    expect(await again).toMatchObject({ ok: false, failure: { kind: 'cancelled' } })
    expect(microsoft().graphRequests).toBe(before)
  })
})
