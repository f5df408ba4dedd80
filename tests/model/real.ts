import type { PersonalActor } from '../../src/access/index.ts'
import type { StartAnswer } from '../../src/engine/gate/index.ts'
import type { Swept } from '../../src/engine/worker/sweep.ts'
import type { SeededTenant, World } from '../world/world.ts'
import type { PlayedWorker } from './played-worker.ts'

/** The real system that a sequence plays on, by the same places as the model. */
export interface Real {
  readonly world: World
  readonly workspaces: readonly number[]
  readonly people: readonly PersonalActor[]
  readonly tenants: readonly SeededTenant[]
  readonly connections: readonly number[]
  readonly starts: Map<number, Held<StartAnswer>>
  readonly claims: Map<number, PlayedWorker>
  readonly sweeps: Map<number, Held<Swept>>
  readonly workers: Map<number, PlayedWorker>
}

/** Something that waits at a race point until it is let go. */
export interface Held<Result> {
  readonly letGo: () => void
  readonly result: Promise<Result>
}

/**
 * Begins something and holds it the first time it comes to a race point; null when it was over before
 * it came there.
 */
export async function holdAt<Point extends string, Result>(
  held: Point,
  begin: (atRacePoint: (point: string) => Promise<void>) => Promise<Result>,
): Promise<Held<Result> & { readonly over: boolean }> {
  const arrived = Promise.withResolvers<void>()
  const free = Promise.withResolvers<void>()
  let over = false
  const result = begin(async (point) => {
    if (point !== held) return
    arrived.resolve()
    await free.promise
  })
  const ended = result.then(
    () => {
      over = true
    },
    () => {
      over = true
    },
  )
  await Promise.race([arrived.promise, ended])
  return { letGo: free.resolve, result, over }
}
