import type { InEveryLanguage, Language } from '../../kernel/index.ts'
import type { ExpiryStep } from './expiry.ts'

interface EndingWords {
  readonly title: string
  readonly lead: (count: number) => string
  readonly columns: { readonly connection: string; readonly ends: string; readonly next: string }
  /** Each takes "in 12 days". */
  readonly steps: Readonly<Record<ExpiryStep, (ahead: string) => string>>
  readonly renew: string
  readonly all: (count: number) => string
  readonly check: string
}

const WORDS: InEveryLanguage<EndingWords> = {
  en: {
    title: 'Credentials that expire soon',
    lead: (count) =>
      count === 1
        ? 'One within 30 days. A new one is stored beside it and takes over after its check.'
        : `${count} within 30 days. A new one is stored beside it and takes over after its check.`,
    columns: { connection: 'Tenant and connection', ends: 'Expires', next: 'Next step' },
    steps: {
      calm: (ahead) => `expires ${ahead}`,
      warning: (ahead) => `expires ${ahead}, renew it soon`,
      urgent: (ahead) => `expires ${ahead}, renew it now`,
    },
    renew: 'Store a new credential',
    all: (count) => `All ${count}`,
    check: 'Check the new one',
  },
  de: {
    title: 'Anmeldeinformationen, die bald ablaufen',
    lead: (count) =>
      count === 1
        ? 'Einmal innerhalb von 30 Tagen. Neue werden daneben hinterlegt und gelten nach ihrer Prüfung.'
        : `${count}-mal innerhalb von 30 Tagen. Neue werden daneben hinterlegt und gelten nach ihrer Prüfung.`,
    columns: { connection: 'Mandant und Verbindung', ends: 'Läuft ab', next: 'Nächster Schritt' },
    steps: {
      calm: (ahead) => `läuft ${ahead} ab`,
      warning: (ahead) => `läuft ${ahead} ab, bald erneuern`,
      urgent: (ahead) => `läuft ${ahead} ab, jetzt erneuern`,
    },
    renew: 'Neue Anmeldeinformationen hinterlegen',
    all: (count) => `Alle ${count}`,
    check: 'Die neuen prüfen',
  },
}

/** The words of credentials that end soon, in one language. */
export const endingWords = (language: Language): EndingWords => WORDS[language]
