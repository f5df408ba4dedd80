/** The longest pause we believe, in seconds: a day. */
const LONGEST = 86_400

/**
 * The seconds a Retry-After header asks for, written as seconds, as a decimal or as an HTTP date; null without one.
 * A date is measured against the answer's own Date header, so that a wrong clock here does no harm.
 */
export function retryAfterSeconds(headers: Headers, now: Date): number | null {
  const text = headers.get('retry-after')?.trim() ?? ''
  if (/^\d+(\.\d+)?$/.test(text)) return Math.min(Number(text), LONGEST)
  const until = HTTP_DATE.test(text) ? Date.parse(text) : Number.NaN
  if (Number.isNaN(until)) return null
  const answered = Date.parse(headers.get('date') ?? '')
  const seconds = (until - (Number.isNaN(answered) ? now.getTime() : answered)) / 1000
  return Math.min(Math.max(seconds, 0), LONGEST)
}

/** A date begins with its weekday; without that `Date.parse` takes a minus or a list of numbers for a date of long ago. */
const HTTP_DATE = /^(Mon|Tue|Wed|Thu|Fri|Sat|Sun)/
