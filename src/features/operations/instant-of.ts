const DAY = /^\d{4}-\d{2}-\d{2}$/
const LOCAL = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2})?$/
const WITH_ZONE = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d{1,6})?)?(Z|[+-]\d{2}:\d{2})$/
const DAY_MS = 86_400_000

/**
 * The instant that a text names: a day or a time of day in a time zone (IANA), or a time with its own offset (ISO 8601).
 * A day begins at its midnight and ends at the next one. Null for anything else, such as 30 February.
 */
export function instantOf(text: string, timeZone: string, edge: 'beginning' | 'end'): Date | null {
  if (WITH_ZONE.test(text)) return valid(Date.parse(text))
  if (!DAY.test(text) && !LOCAL.test(text)) return null
  const asUtc = Date.parse(DAY.test(text) ? `${text}T00:00Z` : `${text}Z`)
  if (Number.isNaN(asUtc) || new Date(asUtc).toISOString().slice(0, 10) !== text.slice(0, 10)) return null
  const moved = DAY.test(text) && edge === 'end' ? asUtc + DAY_MS : asUtc
  // The offset of a zone depends on the instant, so it is taken where the first guess leads.
  const guess = moved - offsetAt(moved, timeZone)
  return valid(moved - offsetAt(guess, timeZone))
}

const valid = (time: number) => (Number.isNaN(time) || Math.abs(time) > 8.64e14 ? null : new Date(time))

/** By how many milliseconds the clocks of a zone are ahead of UTC at an instant. */
function offsetAt(time: number, timeZone: string): number {
  const parts = new Intl.DateTimeFormat('en-US', { timeZone, ...FIELDS }).formatToParts(time)
  const of = (type: Intl.DateTimeFormatPartTypes) => Number(parts.find((part) => part.type === type)?.value)
  const shown = Date.UTC(of('year'), of('month') - 1, of('day'), of('hour'), of('minute'), of('second'))
  return shown - Math.floor(time / 1000) * 1000
}

const FIELDS = {
  hourCycle: 'h23',
  year: 'numeric',
  month: 'numeric',
  day: 'numeric',
  hour: 'numeric',
  minute: 'numeric',
  second: 'numeric',
} as const
