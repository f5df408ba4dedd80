import type { InEveryLanguage, Language } from '../../kernel/index.ts'
import type { ConsentRefusal } from './consent.ts'

const EN = {
  title: 'Admin consent',
  asked: {
    title: 'An administrator of the directory has to consent',
    why: (tenant: string) =>
      `The app of this installation may enter the directory of ${tenant} only after one of its administrators has agreed to it.`,
    button: 'Continue at Microsoft',
  },
  granted: {
    title: 'Admin consent granted',
    by: (administrator: string, roles: string, time: string) => `By ${administrator} (${roles}), ${time}.`,
    next: 'Check the connection',
    againTitle: 'More permissions',
    again: 'Ask for consent again',
    againWhy: 'Needed when the app is registered for more permissions than it was asked for then.',
  },
  own: {
    title: 'Consent is granted in the Microsoft Entra admin center',
    why: 'This connection uses an app registration of the directory itself. The next check sees what was granted.',
    steps: [
      'Open the Microsoft Entra admin center as an administrator of the directory: Identity → Applications → App registrations → the app → API permissions.',
      'Choose “Grant admin consent”. Nobody but a Global Administrator or a Privileged Role Administrator may.',
      'Come back and check the connection.',
    ],
    next: 'Required permissions',
  },
  how: 'What happens',
  steps: [
    'Microsoft shows an administrator of the directory what the app asks for, and they accept it.',
    'Microsoft asks the same person to sign in once more. It proves that the consent came from this directory; TenantPilot keeps no password and gets no access to their account.',
    'You are back here, and the connection can be checked.',
  ],
  who: 'Who can do it',
  whoText: (roles: string) =>
    `Somebody who is ${roles} in that directory, in this browser: the question belongs to your session and is good for 15 minutes, so an address sent to them could not be answered. They need no account here; sit together, or let them take over your shared screen.`,
  asks: 'What is needed of it',
  asksLead:
    'Microsoft shows everything that the app is registered for. The operations offered here need these.',
  leaving: 'Continue at Microsoft',
  leavingWhy: 'If nothing happens, follow this link.',
  leavingLink: 'Open Microsoft’s page',
  notTaken: 'Nothing was granted',
  back: 'Back to the connections',
  refusals: {
    state_unknown:
      'This answer belongs to no open question, or was used before. Ask again from the connection.',
    state_expired: 'The question was open for more than 15 minutes. Ask again.',
    state_of_another_session:
      'This answer belongs to a question that was asked in another session. Ask again in this browser, signed in as yourself.',
    connection_changed: 'The connection was changed or removed since the question was asked. Ask again.',
    not_allowed: 'Your role no longer allows to manage this connection.',
    declined: 'Consent was declined at Microsoft.',
    another_directory: 'The person who signed in belongs to another directory than this tenant.',
    not_an_administrator:
      'The person who signed in may not consent in this directory. It takes a Global Administrator or a Privileged Role Administrator.',
    sign_in_refused: 'The sign-in at Microsoft was not completed.',
    unreachable: 'Microsoft’s sign-in service did not answer. Ask again in a moment.',
  } satisfies Record<ConsentRefusal, string>,
}

export type ConsentWords = typeof EN

const DE: ConsentWords = {
  title: 'Administratorzustimmung',
  asked: {
    title: 'Die Zustimmung eines Administrators fehlt noch',
    why: (tenant) =>
      `Die App dieser Installation darf das Verzeichnis von ${tenant} erst betreten, wenn jemand aus dessen Administration zugestimmt hat.`,
    button: 'Weiter bei Microsoft',
  },
  granted: {
    title: 'Administratorzustimmung erteilt',
    by: (administrator, roles, time) => `Von ${administrator} (${roles}), ${time}.`,
    next: 'Verbindung prüfen',
    againTitle: 'Mehr Berechtigungen',
    again: 'Erneut um Zustimmung bitten',
    againWhy: 'Nötig, wenn für die App inzwischen mehr Berechtigungen registriert sind als damals.',
  },
  own: {
    title: 'Die Zustimmung wird im Microsoft Entra Admin Center erteilt',
    why: 'Diese Verbindung nutzt eine App-Registrierung des Verzeichnisses selbst. Die nächste Prüfung sieht, was erteilt ist.',
    steps: [
      'Das Microsoft Entra Admin Center als Administrator des Verzeichnisses öffnen: Identität → Anwendungen → App-Registrierungen → die App → API-Berechtigungen.',
      '„Administratorzustimmung erteilen“ wählen. Das dürfen nur globale Administratoren und Administratoren für privilegierte Rollen.',
      'Zurückkehren und die Verbindung prüfen.',
    ],
    next: 'Erforderliche Berechtigungen',
  },
  how: 'Was geschieht',
  steps: [
    'Microsoft zeigt einem Administrator des Verzeichnisses, was die App verlangt, und er stimmt zu.',
    'Microsoft bittet dieselbe Person, sich noch einmal anzumelden. Das beweist, dass die Zustimmung aus diesem Verzeichnis kam; TenantPilot speichert kein Kennwort und bekommt keinen Zugriff auf das Konto.',
    'Danach geht es hier weiter, und die Verbindung lässt sich prüfen.',
  ],
  who: 'Wer es kann',
  whoText: (roles) =>
    `Wer in jenem Verzeichnis die Rolle ${roles} hat, und zwar in diesem Browser: Die Frage gehört zu dieser Sitzung und gilt 15 Minuten, eine verschickte Adresse ließe sich also nicht beantworten. Ein Konto hier ist nicht nötig; es genügt, zusammenzusitzen oder den Bildschirm zu teilen und die Steuerung zu übergeben.`,
  asks: 'Was davon gebraucht wird',
  asksLead:
    'Microsoft zeigt alles, wofür die App registriert ist. Die hier angebotenen Vorgänge brauchen diese.',
  leaving: 'Weiter bei Microsoft',
  leavingWhy: 'Wenn nichts geschieht, führt dieser Link weiter.',
  leavingLink: 'Seite von Microsoft öffnen',
  notTaken: 'Es wurde nichts erteilt',
  back: 'Zurück zu den Verbindungen',
  refusals: {
    state_unknown:
      'Diese Antwort gehört zu keiner offenen Frage oder wurde schon verwendet. Bitte von der Verbindung aus erneut fragen.',
    state_expired: 'Die Frage war länger als 15 Minuten offen. Bitte erneut fragen.',
    state_of_another_session:
      'Diese Antwort gehört zu einer Frage aus einer anderen Sitzung. Bitte in diesem Browser und mit dem eigenen Konto erneut fragen.',
    connection_changed: 'Die Verbindung wurde seit der Frage geändert oder entfernt. Bitte erneut fragen.',
    not_allowed: 'Die eigene Rolle erlaubt es nicht mehr, diese Verbindung zu verwalten.',
    declined: 'Die Zustimmung wurde bei Microsoft abgelehnt.',
    another_directory: 'Die angemeldete Person gehört zu einem anderen Verzeichnis als dieser Mandant.',
    not_an_administrator:
      'Die angemeldete Person darf in diesem Verzeichnis nicht zustimmen. Das können globale Administratoren und Administratoren für privilegierte Rollen.',
    sign_in_refused: 'Die Anmeldung bei Microsoft wurde nicht abgeschlossen.',
    unreachable: 'Der Anmeldedienst von Microsoft hat nicht geantwortet. Bitte gleich noch einmal fragen.',
  },
}

const WORDS: InEveryLanguage<ConsentWords> = { en: EN, de: DE }

/** The words of admin consent in one language. */
export const consentWords = (language: Language): ConsentWords => WORDS[language]
