import { afterAll, beforeAll, expect, test } from 'vitest'
import { endlessRunner, heldRunner, workerOf } from '../../../tests/world/workers.ts'
import { openWorld, type World } from '../../../tests/world/world.ts'
import type { Db } from '../../database/index.ts'
import { workOn } from '../worker/index.ts'
import { cancelRun } from './index.ts'

const SYNC = 'directory.role_definitions.sync'

let world: World
let db: Db
beforeAll(async () => {
  world = await openWorld('postgres')
  db = world.database.db
})
afterAll(() => world.close())

async function admitted(): Promise<number> {
  const workspace = await world.workspace()
  const operator = await world.person(workspace, 'operator')
  const answer = await world.start(operator, await world.readyTenant(workspace), SYNC)
  return answer.kind === 'decided' ? answer.outcome.run.id : 0
}

const outcomeOf = (runId: number) =>
  db.selectFrom('operation_runs').select('outcome').where('id', '=', runId).executeTakeFirst()

/** The same database, on which something happens after the first statement. */
function thenHappens(tx: Db, deed: () => Promise<unknown>): Db {
  let happened = false
  return tx.withPlugin({
    transformQuery: ({ node }) => node,
    async transformResult({ result }) {
      if (!happened) {
        happened = true
        await deed()
      }
      return result
    },
  })
}

test('a queued run ends at once; one that has ended stays as it ended', async () => {
  const runId = await admitted()
  const cancel = () => db.transaction().execute((tx) => cancelRun(tx, runId, 'Ada'))

  expect(await cancel()).toBe('cancelled')
  expect(await cancel()).toBe('ended_before')
  expect(await outcomeOf(runId)).toEqual({ outcome: 'cancelled' })
})

test('a run that its worker puts back at that very moment ends at once', async () => {
  const runId = await admitted()
  const { begun, runner } = endlessRunner()
  const leaving = workerOf(world, runner)
  const work = workOn(leaving, runId)
  await begun
  const putBack = async () => {
    leaving.shutDown()
    await work
  }

  const became = await db.transaction().execute((tx) => cancelRun(thenHappens(tx, putBack), runId, 'Ada'))

  expect(became).toBe('cancelled')
  expect(await outcomeOf(runId)).toEqual({ outcome: 'cancelled' })
})

test('so does one that is put aside at that very moment, and would wake in an hour', async () => {
  const runId = await admitted()
  const { begun, endWith, runner } = heldRunner()
  const work = workOn(workerOf(world, runner), runId)
  await begun
  const putAside = async () => {
    endWith({
      ending: {
        outcome: 'failed',
        counts: {},
        reason: { code: 'provider_throttled', until: null },
        failures: [],
      },
      waitsFor: { kind: 'throttle_window', seconds: 3000 },
    })
    await work
  }

  const became = await db.transaction().execute((tx) => cancelRun(thenHappens(tx, putAside), runId, 'Ada'))

  expect(became).toBe('cancelled')
  expect(await outcomeOf(runId)).toEqual({ outcome: 'cancelled' })
})
