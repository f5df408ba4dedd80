import type { InEveryLanguage, Language } from '../../kernel/index.ts'
import type { VerificationCheck } from './verification-report.ts'

interface ReportWords {
  readonly title: string
  readonly lead: (passed: number, checks: number) => string
  readonly since: (time: string) => string
  readonly subjects: Readonly<Record<VerificationCheck['subject'], string>>
  readonly results: Readonly<
    Record<'fact' | 'permission', Readonly<Record<VerificationCheck['status'], string>>>
  >
}

const WORDS: InEveryLanguage<ReportWords> = {
  en: {
    title: 'Verification report',
    lead: (passed, checks) => `${passed} of ${checks} facts are as they should be.`,
    since: (time) => `It has read like this since ${time}.`,
    subjects: {
      next_credential: 'New credential accepted',
      credential: 'Credential accepted',
      directory: 'Directory matches',
      claim: 'Directory managed here only',
      consent: 'Admin consent granted',
      organization: 'Organisation readable',
      permission: 'Application permission',
    },
    results: {
      fact: { passed: 'Yes', failed: 'No', not_checked: 'Not looked at' },
      permission: { passed: 'Granted', failed: 'Missing', not_checked: 'Not looked at' },
    },
  },
  de: {
    title: 'Prüfbericht',
    lead: (passed, checks) => `${passed} von ${checks} Punkten sind, wie sie sein sollen.`,
    since: (time) => `Er lautet so seit ${time}.`,
    subjects: {
      next_credential: 'Neue Anmeldeinformationen angenommen',
      credential: 'Anmeldeinformationen angenommen',
      directory: 'Verzeichnis stimmt überein',
      claim: 'Verzeichnis nur hier verwaltet',
      consent: 'Administratorzustimmung erteilt',
      organization: 'Organisation lesbar',
      permission: 'Anwendungsberechtigung',
    },
    results: {
      fact: { passed: 'Ja', failed: 'Nein', not_checked: 'Nicht angesehen' },
      permission: { passed: 'Erteilt', failed: 'Fehlt', not_checked: 'Nicht angesehen' },
    },
  },
}

/** The words of a verification report in one language. */
export const reportWords = (language: Language): ReportWords => WORDS[language]
