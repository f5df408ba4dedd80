import { type ClaimedRun, heartbeat, type Word } from './lease.sql.ts'
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
  /** Takes in what the database said of the run; nothing means that it is somebody else's. */
  hear(word: Word | undefined): void
  /** Whether the work may go on, by the clocks and not only by what a timer has noticed. */
  check(): boolean
  release(): void
}

/** The longest pause between two heartbeats, and so until a wish to stop is heard. */
const LONGEST_PAUSE_MS = 3000

/**
 * Keeps a run: a heartbeat every third of its lease, and every three seconds, so that a wish to stop is
 * soon heard. It stops the work when the run was taken away,
 * somebody cancelled it, the process shuts down, or no heartbeat got through until shortly before the
 * lease ends by this worker's own clocks: the monotonic one, and the wall clock, which alone goes on
 * while a machine sleeps. The lease counts from `since`, before the claim was sent: what happened to this
 * process between then and now is part of it.
 */
export function hold(worker: Worker, run: ClaimedRun, since: Moment): Held {
  const { leaseSeconds } = worker.settings
  const aborter = new AbortController()
  let stop: Stop | null = null
  let heard = since

  const stopWith = (why: Stop) => {
    stop ??= why
    aborter.abort(new Error(`The work was stopped: ${why.kind}`))
  }
  const onShutdown = () => stopWith({ kind: 'shutdown' })
  worker.shutdown.addEventListener('abort', onShutdown)
  if (worker.shutdown.aborted) onShutdown()

  const beat = async () => {
    if (stop?.kind === 'lost') return // nothing is done on it any more, and nobody's lease is prolonged
    const sentAt = momentOf(worker)
    const answer = await heartbeat(worker.db, run, leaseSeconds).then(
      (word) => ({ word }),
      () => null, // the database was not reached
    )
    if (answer) hear(answer.word)
    if (answer?.word) heard = sentAt
    check()
  }
  const hear = (word: Word | undefined) => {
    if (!word) stopWith({ kind: 'lost' })
    else if (word.cancelRequested) stopWith({ kind: 'cancelled', by: word.cancelledBy })
  }
  const check = () => {
    if (elapsed(worker, heard) > leaseSeconds * 900) stopWith({ kind: 'lost' })
    return !aborter.signal.aborted
  }
  const timer = setInterval(() => void beat(), Math.min((leaseSeconds * 1000) / 3, LONGEST_PAUSE_MS))

  return {
    run,
    signal: aborter.signal,
    stopped: () => stop,
    hear,
    check,
    release() {
      clearInterval(timer)
      worker.shutdown.removeEventListener('abort', onShutdown)
    },
  }
}

/** A moment by both clocks of a process, in milliseconds. */
export interface Moment {
  readonly monotonic: number
  readonly wall: number
}

export const momentOf = ({ clock }: Worker): Moment => ({
  monotonic: clock.monotonic(),
  wall: clock.now().getTime(),
})

/** Milliseconds since a moment, by whichever clock says more. */
function elapsed(worker: Worker, moment: Moment): number {
  const { monotonic, wall } = momentOf(worker)
  return Math.max(monotonic - moment.monotonic, wall - moment.wall)
}
