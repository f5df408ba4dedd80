import type { InEveryLanguage, Language } from '../../kernel/index.ts'

const EN = {
  title: 'Settings',
  you: 'You',
  language: 'Language',
  asBrowser: 'As the browser asks for',
  timeZone: 'Time zone',
  zoneDefault: 'UTC',
  theme: 'Theme',
  asSystem: 'As the system',
  light: 'Light',
  dark: 'Dark',
  save: 'Save',
  wrong: 'Nothing was changed: some fields are not right',
  keys: 'API keys',
  keysLead: (workspace: string) => `For your programs. A key acts as you, in ${workspace} only.`,
  keyMade: 'The key was made',
  keyOnce: 'It is shown this once. Keep it where you keep passwords.',
  copy: 'Copy the key',
  copied: 'Copied',
  keyName: 'Name of the new key',
  keyNameHint: 'What will use it, such as “nightly report”.',
  keyDays: 'Good for days',
  createKey: 'Create a key',
  revoke: 'Revoke',
  never: 'never used',
  noKeys: { title: 'No keys', text: 'A program signs in with a key in its Authorization header.' },
  keyColumns: { name: 'Name', start: 'Begins with', until: 'Good until', used: 'Last used', revoke: '' },
  keyFaults: {
    name: 'Give the key a name of 1 to 100 characters.',
    days: 'Give a number of days from 1 to 366.',
  },
}

const DE: typeof EN = {
  title: 'Einstellungen',
  you: 'Eigene',
  language: 'Sprache',
  asBrowser: 'Wie der Browser es wünscht',
  timeZone: 'Zeitzone',
  zoneDefault: 'UTC',
  theme: 'Darstellung',
  asSystem: 'Wie das System',
  light: 'Hell',
  dark: 'Dunkel',
  save: 'Speichern',
  wrong: 'Es wurde nichts geändert: einige Felder stimmen nicht',
  keys: 'API-Schlüssel',
  keysLead: (workspace: string) =>
    `Für eigene Programme. Ein Schlüssel handelt in eigenem Namen, nur in ${workspace}.`,
  keyMade: 'Der Schlüssel ist erstellt',
  keyOnce: 'Er wird nur dieses eine Mal gezeigt und gehört dorthin, wo auch Passwörter liegen.',
  copy: 'Schlüssel kopieren',
  copied: 'Kopiert',
  keyName: 'Name des neuen Schlüssels',
  keyNameHint: 'Wer ihn benutzt, etwa „nächtlicher Bericht“.',
  keyDays: 'Gültig für Tage',
  createKey: 'Schlüssel erstellen',
  revoke: 'Widerrufen',
  never: 'nie benutzt',
  noKeys: {
    title: 'Keine Schlüssel',
    text: 'Ein Programm meldet sich mit einem Schlüssel im Authorization-Header an.',
  },
  keyColumns: {
    name: 'Name',
    start: 'Beginnt mit',
    until: 'Gültig bis',
    used: 'Zuletzt benutzt',
    revoke: '',
  },
  keyFaults: {
    name: 'Bitte einen Namen mit 1 bis 100 Zeichen angeben.',
    days: 'Bitte eine Zahl von 1 bis 366 angeben.',
  },
}

const WORDS: InEveryLanguage<typeof EN> = { en: EN, de: DE }

/** The words of the settings page in one language. */
export const settingsWords = (language: Language): typeof EN => WORDS[language]
