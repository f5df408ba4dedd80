import fc from 'fast-check'
import { sql } from 'kysely'
import { endRun } from '../../src/engine/runs/index.ts'
import type { World } from '../world/world.ts'
import { activeRuns, type Model } from './model.ts'
import type { Real } from './real.ts'
import { newModel, openScene } from './scene.ts'
import { quietly, type Step } from './step.ts'
import { comeDue, giveUp, releaseSweep } from './steps/runs.ts'
import { releaseStart } from './steps/starts.ts'
import { claim, finish, releaseClaim } from './steps/workers.ts'

/** Plays a sequence in a scene of its own, and then lets everything come to its end. */
export async function playSequence(world: World, steps: Iterable<Step>): Promise<void> {
  const model = newModel()
  const real = await openScene(world)
  try {
    await fc.asyncModelRun(() => ({ model, real }), steps)
    await quietly(() => conclude(model, real))
  } catch (fault) {
    await abandon(real)
    throw fault
  } finally {
    await sql`delete from pgboss.job`.execute(world.database.db)
  }
}

/** Whatever was held goes on, the workers come back, and sweeps and other workers do the rest. */
async function conclude(model: Model, real: Real): Promise<void> {
  const play = (step: Step) => step.run(model, real)
  while (model.starts.length > 0) await play(releaseStart(0))
  while (model.sweeps.length > 0) await play(releaseSweep(0))
  while (model.claims.length > 0) await play(releaseClaim(0))
  while (activeRuns(model).length > 0) {
    const active = activeRuns(model).map(([, run]) => run)
    if (model.workers.length > 0) await play(finish(0, 'succeeds'))
    else if (active.some(({ waits }) => waits === 'until later')) await play(comeDue())
    else if (active.some(({ phase }) => phase === 'running')) await play(giveUp(0))
    else await play(claim(1))
  }
  while (model.workers.length > 0) await play(finish(0, 'succeeds'))
}

/** After a failure: nothing may be left that another sequence could meet. */
async function abandon({ claims, starts, sweeps, workers, workspaces, world }: Real): Promise<void> {
  for (const held of [...starts.values(), ...sweeps.values()]) held.letGo()
  for (const worker of claims.values()) worker.claim()
  const played = [...workers.values(), ...claims.values()]
  await Promise.allSettled([
    ...[...starts.values(), ...sweeps.values()].map(({ result }) => result),
    ...played.map((worker) => worker.atWork.then(() => worker.shutDown())),
  ])
  const active = await world.database.db
    .selectFrom('operation_runs')
    .select(['id', 'status', 'fencing_token as fencingToken'])
    .where('workspace_id', 'in', workspaces)
    .where('status', 'in', ['queued', 'running'])
    .execute()
  const ending = { outcome: 'cancelled', reason: { code: 'run_cancelled', by: null } } as const
  for (const { fencingToken, id, status } of active)
    await endRun(
      world.database.db,
      id,
      status === 'queued' ? { status } : { status: 'running', fencingToken },
      ending,
    )
}
