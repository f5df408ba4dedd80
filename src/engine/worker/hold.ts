import { type ClaimedRun, heartbeat } from './lease.sql.ts'
import type { Worker } from './worker.ts'

/** Why the work on a run has to stop before its end. */
export type Stop =
  | { readonly kind: 'lost' }
  | { readonly kind: 'shutdown' }
  | { readonly kind: 'cancelled'; readonly by: string | null }

/** A claimed run, kept alive by heartbeats until it is released. */
export interface Held {
  readonly run: ClaimedRun
  readonly signal: AbortSignal
  stopped(): Stop | null
  /** Whether the work may go on, by the clocks and not only by what a timer has noticed. */
  check(): boolean
  release(): void
}

/**
 * Keeps a run: a heartbeat every third of its lease. It stops the work when the run was taken away,
 * somebody cancelled it, the process shuts down, or no heartbeat got through until shortly before the
 * lease ends by this worker's own clocks: the monotonic one, and the wall clock, which alone goes on
 * while a machine sleeps.
 */
export function hold(worker: Worker, run: ClaimedRun): Held {
  const { leaseSeconds } = worker.settings
  const aborter = new AbortController()
  let stop: Stop | null = null
  let heard = now(worker)

  const stopWith = (why: Stop) => {
    stop ??= why
    aborter.abort(new Error(`The work was stopped: ${why.kind}`))
  }
  const onShutdown = () => stopWith({ kind: 'shutdown' })
  worker.shutdown.addEventListener('abort', onShutdown)
  if (worker.shutdown.aborted) onShutdown()

  const beat = async () => {
    const sentAt = now(worker)
    const alive = await heartbeat(worker.db, run, leaseSeconds).catch(() => null)
    if (alive === undefined) stopWith({ kind: 'lost' })
    else if (alive?.cancelRequested) stopWith({ kind: 'cancelled', by: alive.cancelledBy })
    else if (alive) heard = sentAt
    check()
  }
  const check = () => {
    if (since(worker, heard) > leaseSeconds * 900) stopWith({ kind: 'lost' })
    return !aborter.signal.aborted
  }
  const timer = setInterval(() => void beat(), (leaseSeconds * 1000) / 3)

  return {
    run,
    signal: aborter.signal,
    stopped: () => stop,
    check,
    release() {
      clearInterval(timer)
      worker.shutdown.removeEventListener('abort', onShutdown)
    },
  }
}

interface Moment {
  readonly monotonic: number
  readonly wall: number
}

const now = ({ clock }: Worker): Moment => ({ monotonic: clock.monotonic(), wall: clock.now().getTime() })

/** Milliseconds since a moment, by whichever clock says more. */
function since(worker: Worker, moment: Moment): number {
  const { monotonic, wall } = now(worker)
  return Math.max(monotonic - moment.monotonic, wall - moment.wall)
}
