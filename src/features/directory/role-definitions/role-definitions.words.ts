import type { InEveryLanguage, Language } from '../../../kernel/index.ts'
import type { RoleDefinitionShow } from './role-definitions.sql.ts'

const EN = {
  title: 'Role definitions',
  present: (count: string) => `${count} present`,
  lastRead: (ago: string) => `last read completely ${ago} by`,
  readAnew: 'Read them anew',
  search: 'Search names',
  searchButton: 'Search',
  show: 'Show role definitions',
  shows: { present: 'Present', built_in: 'Built-in', custom: 'Custom', gone: 'Gone' } satisfies Record<
    RoleDefinitionShow,
    string
  >,
  columns: {
    name: 'Role definition',
    kind: 'Kind',
    state: 'State',
    changed: 'Last change',
  },
  builtIn: 'Built-in',
  custom: 'Custom',
  enabled: 'Enabled',
  disabled: 'Disabled',
  gone: 'Gone',
  pages: 'Pages',
  previous: 'Previous',
  next: 'Next',
  shown: (count: number) => `${count} on this page, by name`,
  never: {
    title: 'Role definitions were never read',
    text: 'The first sync reads all of them; every later one tells what changed. Reading changes nothing over there.',
  },
  noMatch: {
    title: 'No role definition matches',
    text: (search: string) =>
      search ? `None of these names contains “${search}”.` : 'There is none of this kind.',
    clear: 'Clear the filters',
  },
  facts: {
    kind: 'Kind',
    state: 'State',
    id: 'Id',
    templateId: 'Template id',
    version: 'Version',
    firstSeen: 'First seen',
    lastSeen: 'Last seen',
    changed: 'Last change',
    gone: 'Gone since',
  },
  seenBy: 'by',
  noDescription: 'Microsoft gives no description.',
  actions: 'Allowed actions',
  actionCount: (count: number) => (count === 1 ? '1 action' : `${count} actions`),
  noActions: 'This role definition allows no action of its own.',
  raw: 'As Microsoft describes it',
  rawHint: 'the whole object, as it was last read',
}

export type RoleDefinitionWords = typeof EN

const DE: RoleDefinitionWords = {
  title: 'Rollendefinitionen',
  present: (count) => `${count} vorhanden`,
  lastRead: (ago) => `zuletzt vollständig gelesen ${ago} durch`,
  readAnew: 'Neu lesen',
  search: 'Namen durchsuchen',
  searchButton: 'Suchen',
  show: 'Rollendefinitionen zeigen',
  shows: { present: 'Vorhanden', built_in: 'Integriert', custom: 'Eigene', gone: 'Verschwunden' },
  columns: {
    name: 'Rollendefinition',
    kind: 'Art',
    state: 'Zustand',
    changed: 'Letzte Änderung',
  },
  builtIn: 'Integriert',
  custom: 'Eigene',
  enabled: 'Aktiviert',
  disabled: 'Deaktiviert',
  gone: 'Verschwunden',
  pages: 'Seiten',
  previous: 'Zurück',
  next: 'Weiter',
  shown: (count) => `${count} auf dieser Seite, nach Namen`,
  never: {
    title: 'Rollendefinitionen wurden noch nie gelesen',
    text: 'Die erste Synchronisierung liest alle; jede spätere sagt, was sich geändert hat. Das Lesen ändert drüben nichts.',
  },
  noMatch: {
    title: 'Keine Rollendefinition passt',
    text: (search) => (search ? `Keiner dieser Namen enthält „${search}“.` : 'Von dieser Art gibt es keine.'),
    clear: 'Filter aufheben',
  },
  facts: {
    kind: 'Art',
    state: 'Zustand',
    id: 'ID',
    templateId: 'Vorlagen-ID',
    version: 'Version',
    firstSeen: 'Zuerst gesehen',
    lastSeen: 'Zuletzt gesehen',
    changed: 'Letzte Änderung',
    gone: 'Verschwunden seit',
  },
  seenBy: 'durch',
  noDescription: 'Microsoft gibt keine Beschreibung.',
  actions: 'Erlaubte Aktionen',
  actionCount: (count) => (count === 1 ? '1 Aktion' : `${count} Aktionen`),
  noActions: 'Diese Rollendefinition erlaubt selbst keine Aktion.',
  raw: 'So beschreibt es Microsoft',
  rawHint: 'das ganze Objekt, wie es zuletzt gelesen wurde',
}

const WORDS: InEveryLanguage<RoleDefinitionWords> = { en: EN, de: DE }

/** The words of the pages about role definitions. */
export const roleDefinitionWords = (language: Language): RoleDefinitionWords => WORDS[language]
