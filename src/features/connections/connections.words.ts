import type { InEveryLanguage, Language } from '../../kernel/index.ts'

const EN = {
  title: 'Provider connections',
  lead: (ready: number, all: number, attention: number) =>
    attention === 0
      ? `${ready} of ${all} ${all === 1 ? 'connection is' : 'connections are'} ready, none needs anything.`
      : `${ready} of ${all} ${all === 1 ? 'connection is' : 'connections are'} ready, ${attention} ${attention === 1 ? 'needs' : 'need'} something.`,
  add: 'Add a provider connection',
  who: (roles: string) => `${roles} can do this.`,
  filter: 'Show connections',
  show: { all: 'All', attention: 'Needs something', ending: 'Expires soon', ready: 'Ready' },
  otherTenants: 'All tenants',
  columns: {
    connection: 'Connection',
    tenant: 'Tenant',
    readiness: 'Readiness',
    consent: 'Consent',
    credential: 'Credential',
    check: 'Last check',
  },
  ready: 'Ready',
  readyDetail: 'everything offered here may use it',
  untriedHeadline: 'New credential, not tried yet',
  untried: 'not tried yet',
  isDefault: 'Default',
  disabled: 'Disabled',
  makeDefault: 'Make default',
  makeDefaultOf: (label: string) => `Make ${label} the default`,
  consents: {
    unknown: 'Not known',
    required: 'Not granted',
    granted: 'Granted',
    failed: 'Failed',
    revoked: 'Revoked',
  },
  kinds: { client_secret: 'Client secret', certificate: 'Certificate' },
  types: { platform: 'Central app', dedicated: 'Own app registration' },
  central: 'Held centrally',
  noCredential: 'None',
  expires: (date: string) => `until ${date}`,
  expired: (date: string) => `expired on ${date}`,
  rejected: (date: string) => `rejected on ${date}`,
  noExpiry: 'no end date given',
  never: 'Never',
  pages: {
    label: 'Pages',
    previous: 'Previous',
    next: 'Next',
    summary: (from: number, to: number, of: number) => `${from} to ${to} of ${of}`,
  },
  empty: {
    title: 'No provider connection yet',
    text: 'A connection is an app registration in the tenant’s directory. Nothing can be read or started before there is one.',
    title_filtered: 'None of them',
    text_filtered: 'No connection is in this state right now.',
    all: 'Show all connections',
  },
}

export type ConnectionsWords = typeof EN

const DE: ConnectionsWords = {
  title: 'Anbieterverbindungen',
  lead: (ready, all, attention) =>
    attention === 0
      ? `${ready} von ${all} ${all === 1 ? 'Verbindung' : 'Verbindungen'} ${ready === 1 ? 'ist' : 'sind'} bereit, keiner fehlt etwas.`
      : `${ready} von ${all} ${all === 1 ? 'Verbindung' : 'Verbindungen'} ${ready === 1 ? 'ist' : 'sind'} bereit, bei ${attention} fehlt etwas.`,
  add: 'Anbieterverbindung hinzufügen',
  who: (roles) => `Das dürfen: ${roles}.`,
  filter: 'Verbindungen zeigen',
  show: { all: 'Alle', attention: 'Etwas fehlt', ending: 'Läuft bald ab', ready: 'Bereit' },
  otherTenants: 'Alle Mandanten',
  columns: {
    connection: 'Verbindung',
    tenant: 'Mandant',
    readiness: 'Bereitschaft',
    consent: 'Zustimmung',
    credential: 'Anmelde\u00adinformationen',
    check: 'Letzte Prüfung',
  },
  ready: 'Bereit',
  readyDetail: 'alles hier Angebotene darf sie nutzen',
  untriedHeadline: 'Neue Anmeldeinformationen, noch nicht erprobt',
  untried: 'noch nicht erprobt',
  isDefault: 'Standard',
  disabled: 'Deaktiviert',
  makeDefault: 'Als Standard',
  makeDefaultOf: (label) => `${label} als Standard festlegen`,
  consents: {
    unknown: 'Nicht bekannt',
    required: 'Nicht erteilt',
    granted: 'Erteilt',
    failed: 'Fehlgeschlagen',
    revoked: 'Widerrufen',
  },
  kinds: { client_secret: 'Geheimer Clientschlüssel', certificate: 'Zertifikat' },
  types: { platform: 'Zentrale App', dedicated: 'Eigene App-Registrierung' },
  central: 'Zentral verwahrt',
  noCredential: 'Keine',
  expires: (date) => `bis ${date}`,
  expired: (date) => `abgelaufen am ${date}`,
  rejected: (date) => `abgelehnt am ${date}`,
  noExpiry: 'ohne angegebenes Ende',
  never: 'Nie',
  pages: {
    label: 'Seiten',
    previous: 'Vorherige',
    next: 'Nächste',
    summary: (from, to, of) => `${from} bis ${to} von ${of}`,
  },
  empty: {
    title: 'Noch keine Anbieterverbindung',
    text: 'Eine Verbindung ist eine App-Registrierung im Verzeichnis des Mandanten. Ohne sie lässt sich nichts lesen und nichts starten.',
    title_filtered: 'Keine davon',
    text_filtered: 'Im Moment ist keine Verbindung in diesem Zustand.',
    all: 'Alle Verbindungen zeigen',
  },
}

const WORDS: InEveryLanguage<ConnectionsWords> = { en: EN, de: DE }

/** The words of connections in lists, in one language. */
export const connectionsWords = (language: Language): ConnectionsWords => WORDS[language]
