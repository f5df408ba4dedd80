import type { InEveryLanguage, Language } from '../../kernel/index.ts'

/** Says an instant (ISO 8601) in the viewer's language and time zone. */
export interface Sayer {
  /** "23 Nov 2026, 14:32 UTC": always with its zone. */
  time(iso: string): string
  /** "23 Nov 2026". */
  date(iso: string): string
}

const LOCALE: InEveryLanguage<string> = { en: 'en-GB', de: 'de-DE' }

/** A sayer for a language and an IANA time zone; throws a RangeError for a zone nobody knows. */
export function sayer(language: Language, timeZone: string): Sayer {
  const day = { timeZone, day: 'numeric', month: 'short', year: 'numeric' } as const
  const clock = { hour: '2-digit', minute: '2-digit', hourCycle: 'h23', timeZoneName: 'short' } as const
  const date = new Intl.DateTimeFormat(LOCALE[language], day)
  const time = new Intl.DateTimeFormat(LOCALE[language], { ...day, ...clock })
  return {
    time: (iso) => time.format(new Date(iso)),
    date: (iso) => date.format(new Date(iso)),
  }
}
