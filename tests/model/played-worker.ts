import { vi } from 'vitest'
import { RunLost, type Work, type WorkResult, workOn } from '../../src/engine/worker/index.ts'
import { type TestWorker, workerOf } from '../world/workers.ts'
import type { World } from '../world/world.ts'

const LEASE_SECONDS = 60
/** The pause between two heartbeats under such a lease. */
const HEARTBEAT_MS = Math.min((LEASE_SECONDS * 1000) / 3, 3000)

/** A worker whose every step is told to it: when it claims, beats, works on, ends. */
export interface PlayedWorker {
  /** Resolves when it has begun to work, or has found nothing to do. */
  readonly atWork: Promise<'at work' | 'nothing to do'>
  readonly over: Promise<void>
  readonly reported: TestWorker['reported']
  claim(): void
  /** A heartbeat, as its timer would have sent it; whether the work goes on after it. */
  beat(): Promise<boolean>
  progress(done: number): Promise<boolean>
  endWith(result: WorkResult): Promise<void>
  throwUp(fault: Error): Promise<void>
  shutDown(): Promise<void>
  /** The machine sleeps past the end of the lease. */
  sleep(): void
}

/** Lets a worker answer a wake-up. With `held` it stops between authorising the run and claiming it. */
export function playWorker(
  world: World,
  runId: number,
  held: boolean,
): PlayedWorker & { authorised: Promise<void> } {
  const authorised = Promise.withResolvers<void>()
  const mayClaim = Promise.withResolvers<void>()
  const begun = Promise.withResolvers<Work>()
  const result = Promise.withResolvers<WorkResult>()
  const clock = sleepyClock()
  let beat = () => {}
  if (!held) mayClaim.resolve()

  const worker = workerOf(
    world,
    (work) => {
      begun.resolve(work)
      work.signal.addEventListener('abort', () => result.reject(work.signal.reason))
      return result.promise
    },
    {
      clock,
      settings: { leaseSeconds: LEASE_SECONDS, evidenceMaxAgeDays: 7, platformClientId: null },
      atRacePoint: async (point) => {
        if (point === 'before_claim') {
          authorised.resolve()
          await mayClaim.promise
        }
        if (point === 'after_claim')
          nextHeartbeat.resolve = (callback) => {
            beat = callback
          }
      },
    },
  )
  const over = workOn(worker, runId)
  over.finally(authorised.resolve).catch(() => {})
  return {
    authorised: authorised.promise,
    atWork: Promise.race([
      begun.promise.then(() => 'at work' as const),
      over.then(() => 'nothing to do' as const),
    ]),
    over,
    reported: worker.reported,
    claim: mayClaim.resolve,
    async beat() {
      const { signal } = await begun.promise
      const judged = clock.readTwice()
      beat()
      await judged
      return !signal.aborted
    },
    async progress(done) {
      const work = await begun.promise
      try {
        await work.progress(done, 3)
        return true
      } catch (fault) {
        if (!(fault instanceof RunLost)) throw fault
        result.reject(fault)
        await over
        return false
      }
    },
    async endWith(end) {
      result.resolve(end)
      await over
    },
    async throwUp(fault) {
      result.reject(fault)
      await over
    },
    async shutDown() {
      worker.shutDown()
      await over
    },
    sleep: clock.sleep,
  }
}

/** A clock that can jump ahead, and says when it was read: once as a beat is sent, once as it is judged. */
function sleepyClock() {
  let slept = 0
  let reads = 0
  let twice = Promise.withResolvers<void>()
  return {
    now: () => new Date(),
    monotonic: () => {
      reads += 1
      if (reads === 2) twice.resolve()
      return performance.now() + slept
    },
    sleep: () => {
      slept += LEASE_SECONDS * 1000
    },
    readTwice: () => {
      reads = 0
      twice = Promise.withResolvers()
      return twice.promise
    },
  }
}

/** Where the next timer of a heartbeat goes, in place of the clock. */
const nextHeartbeat: { resolve: (beat: () => void) => void } = { resolve: () => {} }

/** From now on no heartbeat is sent by time: each waits until its worker is told to beat. */
export function holdHeartbeats(): () => void {
  const { setInterval: ofTheClock } = globalThis
  const spy = vi.spyOn(globalThis, 'setInterval').mockImplementation(((
    callback: () => void,
    pause?: number,
  ) => {
    if (pause !== HEARTBEAT_MS) return ofTheClock(callback, pause)
    nextHeartbeat.resolve(callback)
    return ofTheClock(() => {}, 2 ** 30).unref()
  }) as typeof setInterval)
  return () => spy.mockRestore()
}
