/** The time as this process sees it. Leases and ages use the database's clock instead. */
export interface Clock {
  now(): Date
  /** Milliseconds that only ever grow; for deadlines, unaffected by changes of the wall clock. */
  monotonic(): number
}

export const systemClock: Clock = {
  now: () => new Date(),
  monotonic: () => performance.now(),
}
