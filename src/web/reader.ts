import { type Sayer, sayer } from '../engine/reasons/index.ts'
import type { Language } from '../kernel/index.ts'

/** The person a page speaks to: language, time zone, and everything said in them. */
export interface Reader {
  readonly language: Language
  readonly timeZone: string
  readonly theme: 'light' | 'dark' | null
  readonly say: Sayer
  /** The whole moment, for the title behind a short one: "Monday, 23 November 2026 at 14:31:20 UTC". */
  exact(at: Date): string
  /** "14:31:20" */
  clock(at: Date): string
  /** "14:32:10 UTC", for a moment of today that somebody waits for. */
  moment(at: Date): string
  /** "4 minutes ago", "in 2 hours". */
  ago(at: Date, now?: Date): string
  /** "4 min", "9 d": an age in a column. */
  age(at: Date, now?: Date): string
  /** "9 s", "1 min 14 s". */
  lasted(milliseconds: number): string
  count(value: number): string
}

const LOCALE = { en: 'en-GB', de: 'de-DE' } as const

const JUST_NOW = { en: 'just now', de: 'gerade eben' } as const

const UNITS = [
  ['day', 86_400_000],
  ['hour', 3_600_000],
  ['minute', 60_000],
  ['second', 1000],
] as const

/** Readers that were made before: setting up the formats of one takes longer than most requests. */
const known = new Map<string, Reader>()
const MOST_KNOWN = 200

/** A reader of a language in an IANA time zone; an unknown zone becomes UTC. */
export function readerOf(
  language: Language,
  wantedZone: string | null,
  theme: Reader['theme'] = null,
): Reader {
  const name = `${language} ${wantedZone} ${theme}`
  const before = known.get(name)
  if (before) return before
  if (known.size >= MOST_KNOWN) known.clear()
  const reader = newReader(language, isTimeZone(wantedZone) ? wantedZone : 'UTC', theme)
  known.set(name, reader)
  return reader
}

const WITH_ZONE = {
  hour: '2-digit',
  minute: '2-digit',
  second: '2-digit',
  hourCycle: 'h23',
  timeZoneName: 'short',
} as const

function newReader(language: Language, timeZone: string, theme: Reader['theme']): Reader {
  const locale = LOCALE[language]
  const exact = new Intl.DateTimeFormat(locale, { timeZone, dateStyle: 'full', timeStyle: 'long' })
  const clock = new Intl.DateTimeFormat(locale, { timeZone, timeStyle: 'medium' })
  const moment = new Intl.DateTimeFormat(locale, { timeZone, ...WITH_ZONE })
  const relative = new Intl.RelativeTimeFormat(locale, { numeric: 'always' })
  const number = new Intl.NumberFormat(locale)
  const unit = (value: number, name: string) =>
    new Intl.NumberFormat(locale, { style: 'unit', unit: name, unitDisplay: 'short' }).format(value)
  const largest = (milliseconds: number) =>
    UNITS.find(([, size]) => Math.abs(milliseconds) >= size) ?? (['second', 1000] as const)
  return {
    language,
    timeZone,
    theme,
    say: sayer(language, timeZone),
    exact: (at) => exact.format(at),
    clock: (at) => clock.format(at),
    moment: (at) => moment.format(at),
    ago(at, now = new Date()) {
      const distance = at.getTime() - now.getTime()
      if (Math.abs(distance) < 2000) return JUST_NOW[language]
      const [name, size] = largest(distance)
      return relative.format(Math.trunc(distance / size), name)
    },
    age(at, now = new Date()) {
      const distance = Math.max(0, now.getTime() - at.getTime())
      const [name, size] = largest(distance)
      return unit(Math.floor(distance / size), name)
    },
    lasted(milliseconds) {
      if (milliseconds < 1000) return `< ${unit(1, 'second')}`
      const seconds = Math.round(milliseconds / 1000)
      if (seconds < 60) return unit(seconds, 'second')
      const rest = seconds % 60
      return rest === 0
        ? unit(Math.floor(seconds / 60), 'minute')
        : `${unit(Math.floor(seconds / 60), 'minute')} ${unit(rest, 'second')}`
    },
    count: (value) => number.format(value),
  }
}

function isTimeZone(zone: string | null): zone is string {
  if (!zone) return false
  try {
    new Intl.DateTimeFormat('en', { timeZone: zone })
    return true
  } catch {
    return false
  }
}
