import type { Database } from '../../src/database/index.ts'
import { OPERATION_CODES, type OperationCode } from '../../src/engine/catalog/index.ts'
import { openQueue } from '../../src/engine/queue/index.ts'
import { type Runner, workOn } from '../../src/engine/worker/index.ts'
import { systemClock } from '../../src/kernel/index.ts'
import { worldOn } from '../world/world-on.ts'
import { percentile } from './measure.ts'

const STARTS = 200
const PAUSE_MS = 20

/** How long it takes on an idle system from the commit of a start until a worker has claimed its run, in milliseconds. */
export async function commitToClaim(database: Database): Promise<{ p50: number; p99: number }> {
  const world = worldOn(database)
  const workspace = await world.workspace()
  const operator = await world.person(workspace, 'operator')
  const tenant = await world.readyTenant(workspace)
  const queue = await openQueue(database, () => {})
  let claimed = Promise.withResolvers<number>()
  let ended = Promise.withResolvers<void>()
  const runner: Runner = async () => ({
    ending: { outcome: 'succeeded', counts: {}, finding: null },
  })
  await queue.onWake(4, (runId) =>
    workOn(
      {
        db: database.db,
        clock: systemClock,
        runners: new Map<OperationCode, Runner>(OPERATION_CODES.map((code) => [code, runner])),
        settings: { leaseSeconds: 30, evidenceMaxAgeDays: 7, platformClientId: null },
        shutdown: new AbortController().signal,
        atRacePoint: async (point) => {
          if (point === 'after_claim') claimed.resolve(performance.now())
          if (point === 'after_finish') ended.resolve()
        },
        report: () => {},
      },
      runId,
    ),
  )
  const took: number[] = []
  for (let number = 0; number < STARTS; number++) {
    claimed = Promise.withResolvers()
    ended = Promise.withResolvers()
    await world.start(operator, tenant, 'directory.role_definitions.sync')
    const committed = performance.now()
    took.push((await claimed.promise) - committed)
    await ended.promise
    await new Promise((resolve) => setTimeout(resolve, PAUSE_MS))
  }
  await queue.stop()
  return { p50: percentile(took, 50), p99: percentile(took, 99) }
}
