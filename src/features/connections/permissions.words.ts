import type { InEveryLanguage, Language } from '../../kernel/index.ts'

const EN = {
  title: (label: string) => `Required permissions of ${label}`,
  all: 'All details',
  lead: (granted: number, all: number) =>
    `${granted} of ${all} application permissions of Microsoft Graph are granted.`,
  count: (all: number) =>
    `The operations offered here need ${all === 1 ? 'one application permission' : `${all} application permissions`} of Microsoft Graph.`,
  seen: (ago: string) => `As last seen in a token ${ago}.`,
  unseen: 'Nobody has seen yet what the app was granted; a check tells.',
  none: 'The operations offered here need no application permission.',
  complete: 'Everything is granted',
  enough: 'Everything required is granted',
  enoughWhy: 'An optional permission is not granted; nothing is held up by that.',
  completeWhy: 'What was last seen granted covers what the operations offered here need.',
  missing: (count: number) =>
    count === 1 ? 'One permission is missing' : `${count} permissions are missing`,
  missingWhy:
    'Grant it in the tenant’s directory as described below, then check the connection. Until then a new grant is not known.',
  unknown: 'Not known',
  unknownWhy: (days: number) =>
    `What was seen counts for ${days} days. Until the next check nothing is taken for granted.`,
  list: 'Permissions',
  requiredBy: (operations: string) => `Needed for: ${operations}.`,
  partOf: (part: string, operation: string) => `Only for ${part} in: ${operation}.`,
  optionalFor: (operations: string) =>
    `Optional for: ${operations}. It reads the organisation with it, and works without it.`,
  parts: {
    app_configurations: 'app configurations',
    scripts: 'scripts',
    conditional_access: 'conditional access policies',
  } as Readonly<Record<string, string>>,
  least: 'This is the least that is enough.',
  wider: (names: string) => `Also accepted: ${names}.`,
  states: { granted: 'Granted', missing: 'Missing', unknown: 'Not known', optional: 'Not granted, optional' },
  through: (name: string) => `Granted through ${name}`,
  wasGranted: 'Granted when last seen',
  wasMissing: 'Missing when last seen',
  lastSeen: (ago: string) => `Last seen granted ${ago}.`,
  neverSeen: 'Never seen granted by a check.',
  how: 'How to grant them',
  steps: (clientId: string) => [
    'Sign in to the Microsoft Entra admin center (entra.microsoft.com) in the tenant’s directory.',
    `Entra ID → App registrations → All applications: open the app with the client ID ${clientId}.`,
    'API permissions → Add a permission → Microsoft Graph → Application permissions: search for each missing name and tick it.',
    'Add permissions, then Grant admin consent. This needs a Global Administrator or a Privileged Role Administrator.',
    'Check the connection here.',
  ],
  copyList: 'The missing permissions, to copy',
  copy: 'Copy the missing ones',
  copied: 'Copied',
  back: 'Back to the connection',
}

export type PermissionsWords = typeof EN

const DE: PermissionsWords = {
  title: (label) => `Erforderliche Berechtigungen von ${label}`,
  all: 'Alle Einzelheiten',
  lead: (granted, all) => `${granted} von ${all} Anwendungsberechtigungen für Microsoft Graph sind erteilt.`,
  count: (all) =>
    `Die hier angebotenen Vorgänge brauchen ${all === 1 ? 'eine Anwendungsberechtigung' : `${all} Anwendungsberechtigungen`} für Microsoft Graph.`,
  seen: (ago) => `Stand des letzten Tokens ${ago}.`,
  unseen: 'Was der App erteilt wurde, ist noch nicht bekannt; eine Prüfung klärt es.',
  none: 'Die hier angebotenen Vorgänge brauchen keine Anwendungsberechtigung.',
  complete: 'Alles ist erteilt',
  enough: 'Alles Erforderliche ist erteilt',
  enoughWhy: 'Eine optionale Berechtigung ist nicht erteilt; das hält nichts auf.',
  completeWhy: 'Was zuletzt erteilt war, genügt für die hier angebotenen Vorgänge.',
  missing: (count) => (count === 1 ? 'Eine Berechtigung fehlt' : `${count} Berechtigungen fehlen`),
  missingWhy:
    'Wie unten beschrieben im Verzeichnis des Mandanten erteilen und dann die Verbindung prüfen. Bis dahin ist eine neue Erteilung nicht bekannt.',
  unknown: 'Nicht bekannt',
  unknownWhy: (days) =>
    `Was gesehen wurde, zählt ${days} Tage lang. Bis zur nächsten Prüfung gilt nichts als erteilt.`,
  list: 'Berechtigungen',
  requiredBy: (operations) => `Nötig für: ${operations}.`,
  partOf: (part, operation) => `Nur für ${part} in: ${operation}.`,
  optionalFor: (operations) =>
    `Optional für: ${operations}. Damit wird die Organisation gelesen; ohne sie gelingt der Vorgang auch.`,
  parts: {
    app_configurations: 'App-Konfigurationen',
    scripts: 'Skripts',
    conditional_access: 'Richtlinien für bedingten Zugriff',
  },
  least: 'Das ist die kleinste, die genügt.',
  wider: (names) => `Ebenfalls angenommen: ${names}.`,
  states: {
    granted: 'Erteilt',
    missing: 'Fehlt',
    unknown: 'Nicht bekannt',
    optional: 'Nicht erteilt, optional',
  },
  through: (name) => `Erteilt durch ${name}`,
  wasGranted: 'Zuletzt erteilt',
  wasMissing: 'Zuletzt nicht erteilt',
  lastSeen: (ago) => `Zuletzt erteilt gesehen ${ago}.`,
  neverSeen: 'Von keiner Prüfung je erteilt gesehen.',
  how: 'So werden sie erteilt',
  steps: (clientId) => [
    'Im Verzeichnis des Mandanten beim Microsoft Entra Admin Center anmelden (entra.microsoft.com).',
    `Entra ID → App-Registrierungen → Alle Anwendungen: die App mit der Client-ID ${clientId} öffnen.`,
    'API-Berechtigungen → Berechtigung hinzufügen → Microsoft Graph → Anwendungsberechtigungen: jeden fehlenden Namen suchen und ankreuzen.',
    'Berechtigungen hinzufügen, dann Administratorzustimmung erteilen. Das kann ein globaler Administrator oder ein Administrator für privilegierte Rollen.',
    'Die Verbindung hier prüfen.',
  ],
  copyList: 'Die fehlenden Berechtigungen zum Kopieren',
  copy: 'Die fehlenden kopieren',
  copied: 'Kopiert',
  back: 'Zurück zur Verbindung',
}

const WORDS: InEveryLanguage<PermissionsWords> = { en: EN, de: DE }

/** The words of a connection's required permissions in one language. */
export const permissionsWords = (language: Language): PermissionsWords => WORDS[language]
