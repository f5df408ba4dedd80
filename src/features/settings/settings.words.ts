import type { InEveryLanguage, Language } from '../../kernel/index.ts'
import type { SpokenField } from './spoken.ts'

interface SettingsWords {
  readonly title: string
  readonly fields: Readonly<Record<SpokenField, string>>
  readonly unknown: Readonly<Record<SpokenField, string>>
  readonly asBrowser: string
  readonly zoneDefault: string
  readonly asSystem: string
  readonly light: string
  readonly dark: string
  readonly save: string
  readonly saved: string
  readonly wrong: string
}

const WORDS: InEveryLanguage<SettingsWords> = {
  en: {
    title: 'Settings',
    fields: { language: 'Language', timeZone: 'Time zone', theme: 'Theme' },
    unknown: {
      language: 'Choose one of the languages.',
      timeZone: 'Choose one of the time zones.',
      theme: 'Choose one of the themes.',
    },
    asBrowser: 'As the browser asks for',
    zoneDefault: 'UTC',
    asSystem: 'As the system',
    light: 'Light',
    dark: 'Dark',
    save: 'Save',
    saved: 'Saved',
    wrong: 'Nothing was changed: some fields are not right',
  },
  de: {
    title: 'Einstellungen',
    fields: { language: 'Sprache', timeZone: 'Zeitzone', theme: 'Darstellung' },
    unknown: {
      language: 'Bitte eine der Sprachen wählen.',
      timeZone: 'Bitte eine der Zeitzonen wählen.',
      theme: 'Bitte eine der Darstellungen wählen.',
    },
    asBrowser: 'Wie der Browser es wünscht',
    zoneDefault: 'UTC',
    asSystem: 'Wie das System',
    light: 'Hell',
    dark: 'Dunkel',
    save: 'Speichern',
    saved: 'Gespeichert',
    wrong: 'Es wurde nichts geändert: Einige Felder stimmen nicht',
  },
}

/** The words of the page on language and display, in one language. */
export const settingsWords = (language: Language): SettingsWords => WORDS[language]
