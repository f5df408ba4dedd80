/**
 * The moments at which a race is decided, in the order in which a start, a worker and a sweep pass them.
 * Tests hold one open, or let the process die there; production passes by.
 */
export const RACE_POINTS = [
  /** The ground of a start has been read. */
  'after_facts',
  /** It has been decided, nothing is written. */
  'before_commit',
  /** Run, wake-up and audit record are written; nobody has been answered. */
  'after_commit',
  /** A worker has read and authorised a queued run. */
  'before_claim',
  /** The run is its own; the work has not begun. */
  'after_claim',
  /** The work is done, its result is only in memory. */
  'before_finish',
  /** Inside the finishing transaction: what was learned is written, the run has not ended. */
  'in_finish',
  /** The run has ended and its scope is free: here the scope may be handed on. */
  'after_finish',
  /** Somebody advances a scope and has read who is next in its line; nothing is decided. */
  'before_advance',
  /** Whoever was next was tried; nobody has looked after those behind. */
  'after_advance',
  /** A sweep has found a silent run. */
  'before_rescue',
  /** The silent run was queued again, or ended. */
  'after_rescue',
] as const

export type RacePoint = (typeof RACE_POINTS)[number]

/** Called at each race point; resolves when the code may go on. */
export type AtRacePoint = (point: RacePoint) => Promise<void>
