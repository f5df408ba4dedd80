import { isLanguage, type Language } from '../../kernel/index.ts'

/** How a person wants to be spoken to; null is left to the browser. */
export interface Spoken {
  readonly language: Language | null
  readonly timeZone: string | null
  readonly theme: 'light' | 'dark' | null
}
export type SpokenField = keyof Spoken

/** What was typed, kept as it was typed. */
export type TypedSpoken = Readonly<Partial<Record<SpokenField, string | undefined>>>

/** The time zones that can be chosen beside UTC, which is the one of whoever chooses none. */
export const ZONES = Intl.supportedValuesOf('timeZone').filter((zone) => zone !== 'UTC')

const THEMES = ['light', 'dark'] as const

/** Reads what was typed; the wrong fields are those that name something nobody knows. */
export function readSpoken({ language, theme, timeZone }: TypedSpoken): {
  readonly spoken: Spoken
  readonly wrong: readonly SpokenField[]
} {
  const spoken: Spoken = {
    language: isLanguage(language) ? language : null,
    theme: THEMES.find((each) => each === theme) ?? null,
    timeZone: timeZone && [...ZONES, 'UTC'].includes(timeZone) ? timeZone : null,
  }
  const typed: TypedSpoken = { language, timeZone, theme }
  const fields = Object.keys(typed) as SpokenField[]
  return { spoken, wrong: fields.filter((field) => typed[field] && spoken[field] === null) }
}
