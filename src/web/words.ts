import type { Role } from '../access/index.ts'
import type { InEveryLanguage, Language } from '../kernel/index.ts'
import type { StateName } from './components/index.ts'
import type { ShellWords } from './layout/index.ts'

/** Words that more than one page needs. Sentences about reasons are in engine/reasons. */
export interface WebWords {
  readonly shell: ShellWords
  readonly nav: {
    readonly overview: string
    readonly tenants: string
    readonly operations: string
    readonly connections: string
    readonly onboarding: string
    readonly notifications: string
    readonly members: string
    readonly settings: string
    readonly workspace: string
    readonly active: (count: number) => string
  }
  readonly roles: Readonly<Record<Role, string>>
  readonly states: Readonly<Record<StateName, string>>
  readonly operation: string
  readonly operations: string
  /** "Operation #42" */
  readonly operationNumber: (id: number) => string
  readonly openOperation: string
  /** "Open operation #42" */
  readonly openOperationNumber: (id: number) => string
  readonly system: string
  readonly answers: Readonly<Record<'accepted' | 'deduped' | 'scope_busy' | 'blocked', string>>
  readonly forecast: {
    readonly queues: string
    readonly joins: string
    readonly busy: string
    readonly blocked: (reason: string) => string
  }
  readonly accepted: (title: string, tenant: string, id: number) => string
  /** In the strip of what is at work, of a run that waits. */
  readonly waitsUntil: (time: string) => string
  readonly wouldBeAccepted: (title: string, tenant: string) => string
  readonly recorded: (id: number, tries: number) => string
  readonly heldBy: (id: number, who: string, since: string) => string
  readonly backTo: (place: string) => string
  readonly openTenant: string
  readonly openConnection: string
  readonly notAllowed: (roles: string) => string
}

const EN: WebWords = {
  shell: {
    skip: 'Skip to content',
    workspace: 'Workspace',
    changeWorkspace: 'change workspace',
    findTenant: 'Find a tenant',
    mainNavigation: 'Main',
    whereYouAre: 'Where you are',
    back: 'Back',
    more: 'More',
    close: 'Close',
    notifications: 'Notifications',
    unread: (count) => `${count} unread`,
    signOut: 'Sign out',
    workingNow: 'At work now',
    moreAtWork: (count) => `+${count} more`,
  },
  nav: {
    overview: 'Overview',
    tenants: 'Tenants',
    operations: 'Operations',
    connections: 'Connections',
    onboarding: 'Onboarding',
    notifications: 'Notifications',
    members: 'Members',
    settings: 'Settings',
    workspace: 'Workspace',
    active: (count) => `${count} active`,
  },
  roles: { readonly: 'Read only', operator: 'Operator', manager: 'Manager', owner: 'Owner' },
  states: {
    queued: 'Queued',
    running: 'Running',
    waiting: 'Waiting',
    stopping: 'Stopping',
    succeeded: 'Succeeded',
    partially_succeeded: 'Partially succeeded',
    blocked: 'Blocked',
    failed: 'Failed',
    cancelled: 'Cancelled',
    likely_stale: 'Likely stale',
    ready: 'Ready',
    partly_ready: 'Partly ready',
    not_ready: 'Not ready',
    check_first: 'Check first',
    archived: 'Archived',
  },
  operation: 'Operation',
  operations: 'Operations',
  operationNumber: (id) => `Operation #${id}`,
  openOperation: 'Open operation',
  openOperationNumber: (id) => `Open operation #${id}`,
  system: 'System',
  answers: {
    accepted: 'Queued',
    deduped: 'Already running',
    scope_busy: 'Scope busy',
    blocked: 'Blocked',
  },
  forecast: {
    queues: 'Queues now',
    joins: 'Already running',
    busy: 'Scope busy',
    blocked: (reason) => `Blocked: ${reason}`,
  },
  accepted: (title, tenant, id) =>
    `“${title}” in ${tenant} is Operation #${id}. It starts as soon as a worker is free, and you get one notification when it ends.`,
  waitsUntil: (time) => `waits until ${time}`,
  wouldBeAccepted: (title, tenant) => `“${title}” in ${tenant} would be queued now.`,
  recorded: (id, tries) =>
    tries > 1
      ? `Recorded as Operation #${id} · tried ${tries} times, kept as one record`
      : `Recorded as Operation #${id}`,
  heldBy: (id, who, since) => `Held by Operation #${id} · ${who}, since ${since}`,
  backTo: (place) => `Back to ${place}`,
  openTenant: 'Open the tenant',
  openConnection: 'Open the provider connection',
  notAllowed: (roles) => `Your role does not include this. ${roles} may start it.`,
}

const DE: WebWords = {
  shell: {
    skip: 'Zum Inhalt springen',
    workspace: 'Arbeitsbereich',
    changeWorkspace: 'Arbeitsbereich wechseln',
    findTenant: 'Mandant suchen',
    mainNavigation: 'Hauptnavigation',
    whereYouAre: 'Aktuelle Seite',
    back: 'Zurück',
    more: 'Mehr',
    close: 'Schließen',
    notifications: 'Benachrichtigungen',
    unread: (count) => `${count} ungelesen`,
    signOut: 'Abmelden',
    workingNow: 'Gerade in Arbeit',
    moreAtWork: (count) => `+${count} weitere`,
  },
  nav: {
    overview: 'Übersicht',
    tenants: 'Mandanten',
    operations: 'Vorgänge',
    connections: 'Verbindungen',
    onboarding: 'Onboarding',
    notifications: 'Benachrichtigungen',
    members: 'Mitglieder',
    settings: 'Einstellungen',
    workspace: 'Arbeitsbereich',
    active: (count) => `${count} aktiv`,
  },
  roles: { readonly: 'Nur Lesen', operator: 'Operator', manager: 'Manager', owner: 'Besitzer' },
  states: {
    queued: 'Eingereiht',
    running: 'Läuft',
    waiting: 'Wartet',
    stopping: 'Wird abgebrochen',
    succeeded: 'Erfolgreich',
    partially_succeeded: 'Teilweise erfolgreich',
    blocked: 'Blockiert',
    failed: 'Fehlgeschlagen',
    cancelled: 'Abgebrochen',
    likely_stale: 'Vermutlich verwaist',
    ready: 'Bereit',
    partly_ready: 'Teilweise bereit',
    not_ready: 'Nicht bereit',
    check_first: 'Zuerst prüfen',
    archived: 'Archiviert',
  },
  operation: 'Vorgang',
  operations: 'Vorgänge',
  operationNumber: (id) => `Vorgang #${id}`,
  openOperation: 'Vorgang öffnen',
  openOperationNumber: (id) => `Vorgang #${id} öffnen`,
  system: 'System',
  answers: {
    accepted: 'Eingereiht',
    deduped: 'Läuft bereits',
    scope_busy: 'Bereich belegt',
    blocked: 'Blockiert',
  },
  forecast: {
    queues: 'Wird sofort eingereiht',
    joins: 'Läuft bereits',
    busy: 'Bereich belegt',
    blocked: (reason) => `Blockiert: ${reason}`,
  },
  accepted: (title, tenant, id) =>
    `„${title}“ in ${tenant} ist Vorgang #${id}. Er beginnt, sobald ein Worker frei ist; am Ende folgt genau eine Benachrichtigung.`,
  waitsUntil: (time) => `wartet bis ${time}`,
  wouldBeAccepted: (title, tenant) => `„${title}“ in ${tenant} würde jetzt eingereiht.`,
  recorded: (id, tries) =>
    tries > 1
      ? `Festgehalten als Vorgang #${id} · ${tries} Versuche in einem Eintrag`
      : `Festgehalten als Vorgang #${id}`,
  heldBy: (id, who, since) => `Belegt durch Vorgang #${id} · ${who}, seit ${since}`,
  backTo: (place) => `Zurück zu ${place}`,
  openTenant: 'Mandant öffnen',
  openConnection: 'Anbieterverbindung öffnen',
  notAllowed: (roles) => `Die eigene Rolle umfasst das nicht. Starten dürfen: ${roles}.`,
}

const WORDS: InEveryLanguage<WebWords> = { en: EN, de: DE }

/** The shared words of the interface in one language. */
export const webWords = (language: Language): WebWords => WORDS[language]
