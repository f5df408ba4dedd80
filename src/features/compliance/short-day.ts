import type { Reader } from '../../web/index.ts'

const LOCALE = { en: 'en-GB', de: 'de-DE' } as const

const formats = new Map<string, Intl.DateTimeFormat>()

/** "23 Nov": a day of the reader's zone where the year is plain from beside it. */
export function dayOf(at: number | Date, { language, timeZone }: Reader): string {
  const name = `${language} ${timeZone}`
  const format =
    formats.get(name) ??
    new Intl.DateTimeFormat(LOCALE[language], { timeZone, day: 'numeric', month: 'short' })
  formats.set(name, format)
  return format.format(at)
}
