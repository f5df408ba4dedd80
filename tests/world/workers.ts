import { OPERATION_CODES } from '../../src/engine/catalog/index.ts'
import type { Runner, WorkEnded, Worker, WorkResult } from '../../src/engine/worker/index.ts'
import { systemClock } from '../../src/kernel/index.ts'
import type { World } from './world-on.ts'

/** What a worker reported as a bug, and about which run. */
export interface Reported {
  readonly fault: unknown
  readonly run: { readonly id: number; readonly correlationId: string }
}

/** A worker that carries out every operation with one runner. */
export interface TestWorker extends Worker {
  readonly reported: readonly Reported[]
  shutDown(): void
}

export function workerOf(world: World, runner: Runner, change: Partial<Worker> = {}): TestWorker {
  const reported: Reported[] = []
  const stopper = new AbortController()
  return {
    db: world.database.db,
    clock: systemClock,
    runners: new Map(OPERATION_CODES.map((code) => [code, runner])),
    settings: { leaseSeconds: 60, evidenceMaxAgeDays: 7, platformClientId: null },
    shutdown: stopper.signal,
    report: (fault, run) => reported.push({ fault, run }),
    reported,
    shutDown: () => stopper.abort(),
    ...change,
  }
}

export const SUCCEEDED: WorkEnded = {
  ending: { outcome: 'succeeded', counts: { seen: 3, failed: 0 }, finding: null },
}

/** A runner that says when it began and waits until it is told what came of its work. */
export function heldRunner() {
  const begun = Promise.withResolvers<Parameters<Runner>[0]>()
  const end = Promise.withResolvers<WorkResult>()
  const runner: Runner = (work) => {
    begun.resolve(work)
    return end.promise
  }
  return { runner, begun: begun.promise, endWith: end.resolve }
}

/** A runner that works until it is told to stop, and then throws like every aborted request. */
export function endlessRunner() {
  const begun = Promise.withResolvers<void>()
  const runner: Runner = ({ signal }) =>
    new Promise((_, reject) => {
      if (signal.aborted) reject(signal.reason)
      signal.addEventListener('abort', () => reject(signal.reason))
      begun.resolve()
    })
  return { runner, begun: begun.promise }
}
