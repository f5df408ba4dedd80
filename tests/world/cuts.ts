import { sql } from 'kysely'
import { expect } from 'vitest'
import { sweep } from '../../src/engine/worker/index.ts'
import type { LiveDirectory } from '../../src/sandbox/directory.ts'
import type { Meanwhile, RunRow, SyncScene } from './sync-scene.ts'
import type { SeededTenant } from './world.ts'

/** How a sync is cut in the middle. */
export type Cut = 'shutdown' | 'stopped' | 'database' | 'network'

class Stopped extends Error {}

/** What goes wrong at a page, for a worker that comes so far; `came` is told when it does. */
export const cutAt = (page: number, directory: LiveDirectory, came: () => void): Record<Cut, Meanwhile> => {
  const atPage = <Rest extends unknown[]>(goWrong: (...rest: Rest) => unknown) => {
    return async (at: number, ...rest: Rest) => {
      if (at !== page) return
      came()
      await goWrong(...rest)
    }
  }
  return {
    /** The process is told to leave after it; another one goes on. */
    shutdown: { afterPage: atPage((worker) => worker.shutDown()) },
    /** The code stops in its commit. */
    stopped: { inPage: atPage(() => Promise.reject(new Stopped())) },
    /** The database ends the session in its commit. */
    database: { inPage: atPage((tx) => sql`select pg_terminate_backend(pg_backend_pid())`.execute(tx)) },
    /** The connections to Microsoft are dropped after it, for a moment. */
    network: {
      afterPage: atPage(() => {
        directory.faults.unreachable = true
        setTimeout(() => delete directory.faults.unreachable, 300)
      }),
    },
  }
}

/** Somebody goes on with a run that was given back or left; after one that failed for its cut the next one reads. */
export async function endOf(
  scene: SyncScene,
  id: number,
  tenant: SeededTenant,
  cut: Cut | null,
): Promise<RunRow> {
  const { db } = scene.world.database
  const left = await scene.run(id)
  if (left.status === 'running' && cut === 'database') {
    await sql`update operation_runs set lease_until = now() - interval '1 hour' where id = ${id}`.execute(db)
    await sweep({
      db,
      requestTimeoutSeconds: 30,
      graceSeconds: 3600,
      report: (fault) => expect.fail(`${fault}`),
    })
  }
  const run = await scene.run(id)
  if (run.status === 'queued') await scene.workThrough(id)
  return run.outcome === 'failed' && cut === 'stopped' ? scene.synced(tenant) : scene.run(id)
}

/** Numbers below a limit, the same ones for the same seed. */
export function chances(seed: number): (below: number) => number {
  let state = seed
  return (below) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return Math.floor((state / 2 ** 32) * below)
  }
}
