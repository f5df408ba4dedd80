import type { InEveryLanguage, Language } from '../../kernel/index.ts'

const EN = {
  title: 'E-mail',
  lead: (email: string) => `About operations that you started, to ${email}.`,
  field: 'Tell me by e-mail when an operation has ended',
  hint: 'Notifications in TenantPilot come in any case.',
  choices: {
    never: 'Never',
    attention: 'When something needs me: failed, blocked or partially succeeded',
    always: 'Always',
  },
  wrong: 'Choose one of the possibilities.',
  save: 'Save',
  saved: 'Saved.',
}

const DE: typeof EN = {
  title: 'E-Mail',
  lead: (email) => `Über selbst gestartete Vorgänge, an ${email}.`,
  field: 'Per E-Mail benachrichtigen, wenn ein Vorgang geendet hat',
  hint: 'Benachrichtigungen in TenantPilot kommen in jedem Fall.',
  choices: {
    never: 'Nie',
    attention: 'Wenn etwas zu tun ist: fehlgeschlagen, blockiert oder teilweise erfolgreich',
    always: 'Immer',
  },
  wrong: 'Bitte eine der Möglichkeiten wählen.',
  save: 'Speichern',
  saved: 'Gespeichert.',
}

const WORDS: InEveryLanguage<typeof EN> = { en: EN, de: DE }

/** The words about being told by e-mail, in one language. */
export const lettersWords = (language: Language): typeof EN => WORDS[language]
