import type { OperationCode } from '../../engine/catalog/index.ts'
import type { InEveryLanguage, Language } from '../../kernel/index.ts'

/** A sentence whose end is the part that matters. */
export interface Emphasised {
  readonly quiet: string
  readonly strong: string
}

/** How many of the active tenants can start everything, most of it, or nothing beyond a check. */
export interface DutyCounts {
  readonly active: number
  readonly ready: number
  readonly partly: number
  readonly blocked: number
}

const EN = {
  overview: 'Overview',
  tenants: 'Tenants',
  addTenant: 'Add a tenant',
  allTenants: 'All tenants',
  duty: ({ active, ready, partly, blocked }: DutyCounts): Emphasised => {
    const of = active === 1 ? 'active tenant' : 'active tenants'
    const some = partly > 0 ? ` ${partly} can start some of it,` : ''
    return {
      quiet: `${ready} of ${active} ${of} can start everything,${some}`,
      strong: `${blocked} would be blocked right now.`,
    }
  },
  allArchived: 'Every tenant is archived: they can be viewed, and nothing can be started.',
  needsAHand: 'Needs a hand',
  needsAHandLead: 'A start here would be answered with a reason.',
  allThatNeed: (count: number) => `All ${count}`,
  nobodyNeeded: 'Nobody is needed',
  nobodyNeededText: 'Every active tenant can start everything that is offered.',
  recently: 'Operations',
  atWork: 'At work now',
  ended: 'Ended last',
  allOperations: 'All operations',
  noOperations: 'Nothing was started in this workspace yet. Open a tenant to start its first operation.',
  none: {
    title: 'No tenants yet',
    text: 'A tenant is one Microsoft directory you look after. Add it with its directory id, then give it a provider connection; nothing is changed over there.',
    denied: (roles: string) => `Your role does not include adding tenants. Ask: ${roles}.`,
  },
  noMatch: {
    title: 'No tenant matches',
    text: (query: string) =>
      query ? `No name, domain or directory id here contains “${query}”.` : 'No tenant is in this state now.',
    clear: 'Show all tenants',
  },
  found: (query: string) => `Search: ${query}`,
  clearSearch: 'Clear the search',
  show: 'Show tenants',
  chips: { all: 'All', blocked: 'Blocked', partly: 'Partly', ready: 'Ready', running: 'Running now' },
  columns: {
    tenant: 'Tenant',
    readiness: 'Readiness and next step',
    runs: 'Runs now',
    lastSuccess: 'Last success',
  },
  groups: {
    blocked: {
      title: 'Would be blocked',
      hint: 'a start in these tenants is answered with a reason, nothing is queued',
    },
    partly: { title: 'Partly ready', hint: 'some operations can start' },
    ready: { title: 'Ready', hint: 'every operation can start' },
    archived: { title: 'Archived', hint: 'can be viewed, cannot be operated' },
  },
  never: 'Nothing has succeeded yet',
  ready: 'Ready',
  untried: 'new credential, not tried yet',
  permissionsSeen: (ago: string) => `permissions seen ${ago}`,
  details: {
    nothingReaches: 'nothing reaches it yet',
    noDefault: (count: number) => (count === 1 ? 'one exists' : `${count} exist, none is the default`),
    lastSeen: (ago: string) => `last seen ${ago}`,
    until: (time: string) => `until ${time}`,
    furtherNotice: 'until further notice',
  },
  ages: {
    'provider.connection.check': 'Check',
    'directory.role_definitions.sync': 'Roles',
    'directory.groups.sync': 'Groups',
    'inventory.sync': 'Inventory',
    'compliance.snapshot': 'Compliance',
    'policy.backup': 'Backup',
    'restore.preview': 'Preview',
    'restore.execute': 'Restore',
  } satisfies Record<OperationCode, string>,
}

export type TenantsWords = typeof EN

const DE: TenantsWords = {
  overview: 'Übersicht',
  tenants: 'Mandanten',
  addTenant: 'Mandant hinzufügen',
  allTenants: 'Alle Mandanten',
  duty: ({ active, ready, partly, blocked }) => {
    const can = ready === 1 ? 'kann' : 'können'
    return {
      quiet: `${ready} von ${active} aktiven Mandanten ${can} alles starten,${partly > 0 ? ` ${partly} einen Teil,` : ''}`,
      strong: `${blocked} ${blocked === 1 ? 'wäre' : 'wären'} gerade blockiert.`,
    }
  },
  allArchived: 'Alle Mandanten sind archiviert: Sie sind einsehbar, starten lässt sich nichts.',
  needsAHand: 'Braucht Hilfe',
  needsAHandLead: 'Ein Start würde hier mit einem Grund beantwortet.',
  allThatNeed: (count) => `Alle ${count}`,
  nobodyNeeded: 'Niemand wird gebraucht',
  nobodyNeededText: 'Jeder aktive Mandant kann alles starten, was angeboten wird.',
  recently: 'Vorgänge',
  atWork: 'Gerade in Arbeit',
  ended: 'Zuletzt beendet',
  allOperations: 'Alle Vorgänge',
  noOperations:
    'In diesem Arbeitsbereich wurde noch nichts gestartet. Der erste Vorgang beginnt auf der Seite eines Mandanten.',
  none: {
    title: 'Noch keine Mandanten',
    text: 'Ein Mandant ist ein betreutes Microsoft-Verzeichnis. Zuerst mit der Verzeichnis-ID hinzufügen, dann mit einer Anbieterverbindung versehen; drüben wird nichts geändert.',
    denied: (roles) => `Die eigene Rolle umfasst das Hinzufügen nicht. Möglich für: ${roles}.`,
  },
  noMatch: {
    title: 'Kein Mandant passt',
    text: (query) =>
      query
        ? `Kein Name, keine Domain und keine Verzeichnis-ID enthält „${query}“.`
        : 'In diesem Zustand ist gerade kein Mandant.',
    clear: 'Alle Mandanten zeigen',
  },
  found: (query) => `Suche: ${query}`,
  clearSearch: 'Suche aufheben',
  show: 'Mandanten zeigen',
  chips: {
    all: 'Alle',
    blocked: 'Blockiert',
    partly: 'Teilweise',
    ready: 'Bereit',
    running: 'Gerade in Arbeit',
  },
  columns: {
    tenant: 'Mandant',
    readiness: 'Bereitschaft und nächster Schritt',
    runs: 'Läuft gerade',
    lastSuccess: 'Letzter Erfolg',
  },
  groups: {
    blocked: {
      title: 'Wären blockiert',
      hint: 'ein Start wird mit einem Grund beantwortet, nichts wird eingereiht',
    },
    partly: { title: 'Teilweise bereit', hint: 'einige Vorgänge können starten' },
    ready: { title: 'Bereit', hint: 'jeder Vorgang kann starten' },
    archived: { title: 'Archiviert', hint: 'einsehbar, nicht bedienbar' },
  },
  never: 'Noch kein Erfolg',
  ready: 'Bereit',
  untried: 'neue Anmeldeinformationen, noch nicht erprobt',
  permissionsSeen: (ago) => `Berechtigungen gesehen ${ago}`,
  details: {
    nothingReaches: 'noch nicht erreichbar',
    noDefault: (count) => (count === 1 ? 'eine vorhanden' : `${count} vorhanden, keine ist Standard`),
    lastSeen: (ago) => `zuletzt gesehen ${ago}`,
    until: (time) => `bis ${time}`,
    furtherNotice: 'bis auf Weiteres',
  },
  ages: {
    'provider.connection.check': 'Prüfung',
    'directory.role_definitions.sync': 'Rollen',
    'directory.groups.sync': 'Gruppen',
    'inventory.sync': 'Inventar',
    'compliance.snapshot': 'Konformität',
    'policy.backup': 'Sicherung',
    'restore.preview': 'Vorschau',
    'restore.execute': 'Wiederherstellung',
  },
}

const WORDS: InEveryLanguage<TenantsWords> = { en: EN, de: DE }

/** The words of the overview and the list of tenants. */
export const tenantsWords = (language: Language): TenantsWords => WORDS[language]
