import { RateLimiterMemory } from 'rate-limiter-flexible'

/** Counts attempts by a key, in this process; true as long as there are not too many within a minute. */
export function perMinute(points: number): (key: string) => Promise<boolean> {
  const limiter = new RateLimiterMemory({ points, duration: 60 })
  return (key) =>
    limiter.consume(key).then(
      () => true,
      () => false,
    )
}
