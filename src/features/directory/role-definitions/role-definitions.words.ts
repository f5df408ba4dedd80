import type { InEveryLanguage, Language } from '../../../kernel/index.ts'
import type { NounWords } from '../../tenant-lists/index.ts'
import type { RoleDefinitionShow } from './role-definitions.sql.ts'

const EN = {
  title: 'Role definitions',
  search: 'Search names',
  show: 'Show role definitions',
  shows: { present: 'Present', built_in: 'Built-in', custom: 'Custom', gone: 'Gone' } satisfies Record<
    RoleDefinitionShow,
    string
  >,
  name: 'Role definition',
  columns: { kind: 'Kind', state: 'State' },
  builtIn: 'Built-in',
  custom: 'Custom',
  enabled: 'Enabled',
  disabled: 'Disabled',
  never: {
    title: 'Role definitions were never read',
    text: 'The first sync reads all of them; every later one tells what changed. Reading changes nothing over there.',
  },
  noMatch: {
    title: 'No role definition matches',
    none: 'There is none of this kind.',
    text: (search: string) => `None of these names contains “${search}”.`,
  },
  templateId: 'Template id',
  version: 'Version',
  notYetAll: {
    title: 'Role definitions were not read to the end yet',
    text: 'What is listed below is what has been read so far. The next sync that succeeds completes it.',
  },
  nothing: {
    title: 'This directory has no role definitions',
    text: 'The last sync read it to its end and found none.',
  },
  old: 'What is shown here may have changed since. The next sync reads all of them anew.',
  noDescription: 'Microsoft gives no description.',
  actions: 'Allowed actions',
  actionCount: (count: number) => (count === 1 ? '1 action' : `${count} actions`),
  noActions: 'This role definition allows no action of its own.',
  rawHint: 'the whole object, as it was last read',
}

export type RoleDefinitionWords = typeof EN & NounWords<RoleDefinitionShow>

const DE: RoleDefinitionWords = {
  title: 'Rollendefinitionen',
  search: 'Namen durchsuchen',
  show: 'Rollendefinitionen zeigen',
  shows: { present: 'Vorhanden', built_in: 'Integriert', custom: 'Eigene', gone: 'Verschwunden' },
  name: 'Rollendefinition',
  columns: { kind: 'Art', state: 'Zustand' },
  builtIn: 'Integriert',
  custom: 'Eigene',
  enabled: 'Aktiviert',
  disabled: 'Deaktiviert',
  never: {
    title: 'Rollendefinitionen wurden noch nie gelesen',
    text: 'Die erste Synchronisierung liest alle; jede spätere sagt, was sich geändert hat. Das Lesen ändert drüben nichts.',
  },
  noMatch: {
    title: 'Keine Rollendefinition passt',
    none: 'Von dieser Art gibt es keine.',
    text: (search) => `Keiner dieser Namen enthält „${search}“.`,
  },
  templateId: 'Vorlagen-ID',
  version: 'Version',
  notYetAll: {
    title: 'Rollendefinitionen wurden noch nicht bis zum Ende gelesen',
    text: 'Unten steht, was bisher gelesen wurde. Die nächste erfolgreiche Synchronisierung vervollständigt es.',
  },
  nothing: {
    title: 'Dieses Verzeichnis hat keine Rollendefinitionen',
    text: 'Die letzte Synchronisierung las es bis zum Ende und fand keine.',
  },
  old: 'Was hier steht, kann sich seitdem geändert haben. Die nächste Synchronisierung liest alle neu.',
  noDescription: 'Microsoft gibt keine Beschreibung.',
  actions: 'Erlaubte Aktionen',
  actionCount: (count) => (count === 1 ? '1 Aktion' : `${count} Aktionen`),
  noActions: 'Diese Rollendefinition erlaubt selbst keine Aktion.',
  rawHint: 'das ganze Objekt, wie es zuletzt gelesen wurde',
}

const WORDS: InEveryLanguage<RoleDefinitionWords> = { en: EN, de: DE }

/** The words of the pages about role definitions. */
export const roleDefinitionWords = (language: Language): RoleDefinitionWords => WORDS[language]
