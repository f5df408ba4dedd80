/** What an application has used, and when that was last counted, in milliseconds since 1970. */
export interface Used {
  readonly units: number
  readonly at: number
}

export interface Draw {
  readonly units: number
  readonly capacity: number
  readonly windowSeconds: number
  readonly now: Date
}

/** How far above the limit requests are counted. */
const OVERFLOW = 1.8

/**
 * Takes units out of a bucket that fills up again evenly within its window. A refused request is counted as
 * well, so whoever does not wait is refused longer; never for more than 1.8 times the limit.
 */
export function drawUnits(
  before: Used | undefined,
  draw: Draw,
): { used: Used; isRefused: boolean; share: number; waitSeconds: number } {
  const { capacity, now, windowSeconds } = draw
  const asked = Math.min(draw.units, capacity)
  const each = capacity / windowSeconds
  const refilled = before ? ((now.getTime() - before.at) / 1000) * each : 0
  const left = Math.max(0, (before?.units ?? 0) - refilled)
  const units = Math.min(left + asked, capacity * OVERFLOW)
  return {
    used: { units, at: now.getTime() },
    isRefused: left + asked > capacity,
    share: units / capacity,
    waitSeconds: Math.max(0, (units + asked - capacity) / each),
  }
}
