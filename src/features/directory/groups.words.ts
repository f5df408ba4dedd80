import type { GroupKind } from '../../graph/index.ts'
import type { InEveryLanguage, Language } from '../../kernel/index.ts'
import type { GroupShow } from './groups.sql.ts'

const EN = {
  title: 'Groups',
  present: (count: string) => `${count} present`,
  lastRead: (ago: string) => `last read ${ago} by`,
  readChanges: 'Read what has changed',
  search: 'Search names and mail addresses',
  searchButton: 'Search',
  show: 'Show groups',
  shows: {
    present: 'Present',
    microsoft_365: 'Microsoft 365',
    security: 'Security',
    mail_enabled_security: 'Mail-enabled security',
    distribution: 'Distribution',
    dynamic: 'Dynamic membership',
    gone: 'Gone',
  } satisfies Record<GroupShow, string>,
  kinds: {
    microsoft_365: 'Microsoft 365',
    security: 'Security',
    mail_enabled_security: 'Mail-enabled security',
    distribution: 'Distribution',
  } satisfies Record<GroupKind, string>,
  columns: { name: 'Group', kind: 'Type', membership: 'Membership', changed: 'Last change' },
  assigned: 'Assigned',
  dynamic: 'Dynamic',
  gone: 'Gone',
  goneHow: {
    soft_deleted: 'deleted, may still be restored in Microsoft Entra',
    deleted: 'deleted for good',
    not_returned: 'no longer returned when everything was read anew',
  },
  pages: 'Pages',
  previous: 'Previous',
  next: 'Next',
  shown: (count: number) => `${count} on this page, by name`,
  never: {
    title: 'Groups were never read',
    text: 'The first sync reads all of them; every later one reads only what has changed. Reading changes nothing over there.',
  },
  notYetAll: {
    title: 'Groups were not read to the end yet',
    text: 'What is listed below is what has been read so far. The list is complete once a sync has come to its end.',
  },
  noMatch: {
    title: 'No group matches',
    text: (search: string) =>
      search ? `None of these names and mail addresses contains “${search}”.` : 'There is none of this kind.',
    clear: 'Clear the filters',
  },
  facts: {
    kind: 'Type',
    membership: 'Membership',
    mail: 'Mail address',
    id: 'Object id',
    firstSeen: 'First seen',
    lastSeen: 'Last told of by Microsoft',
    changed: 'Last change',
    gone: 'Gone since',
  },
  seenBy: 'read by',
  noDescription: 'Microsoft gives no description.',
  rule: 'Membership rule',
  ruleLead: 'Microsoft adds and removes members by this rule.',
  raw: 'As Microsoft describes it',
  rawHint: 'what was asked of it, as it was last read; members are not read',
}

export type GroupWords = typeof EN

const DE: GroupWords = {
  title: 'Gruppen',
  present: (count) => `${count} vorhanden`,
  lastRead: (ago) => `zuletzt gelesen ${ago} durch`,
  readChanges: 'Änderungen lesen',
  search: 'Namen und E-Mail-Adressen durchsuchen',
  searchButton: 'Suchen',
  show: 'Gruppen zeigen',
  shows: {
    present: 'Vorhanden',
    microsoft_365: 'Microsoft 365',
    security: 'Sicherheit',
    mail_enabled_security: 'E-Mail-aktivierte Sicherheit',
    distribution: 'Verteiler',
    dynamic: 'Dynamische Mitgliedschaft',
    gone: 'Verschwunden',
  },
  kinds: {
    microsoft_365: 'Microsoft 365',
    security: 'Sicherheit',
    mail_enabled_security: 'E-Mail-aktivierte Sicherheit',
    distribution: 'Verteiler',
  },
  columns: { name: 'Gruppe', kind: 'Typ', membership: 'Mitgliedschaft', changed: 'Letzte Änderung' },
  assigned: 'Zugewiesen',
  dynamic: 'Dynamisch',
  gone: 'Verschwunden',
  goneHow: {
    soft_deleted: 'gelöscht, lässt sich in Microsoft Entra vielleicht noch wiederherstellen',
    deleted: 'endgültig gelöscht',
    not_returned: 'beim vollständigen Neulesen nicht mehr dabei',
  },
  pages: 'Seiten',
  previous: 'Zurück',
  next: 'Weiter',
  shown: (count) => `${count} auf dieser Seite, nach Namen`,
  never: {
    title: 'Gruppen wurden noch nie gelesen',
    text: 'Die erste Synchronisierung liest alle; jede spätere nur, was sich geändert hat. Das Lesen ändert drüben nichts.',
  },
  notYetAll: {
    title: 'Gruppen wurden noch nicht bis zum Ende gelesen',
    text: 'Unten steht, was bisher gelesen wurde. Vollständig ist die Liste, sobald eine Synchronisierung bis zum Ende gekommen ist.',
  },
  noMatch: {
    title: 'Keine Gruppe passt',
    text: (search) =>
      search
        ? `Keiner dieser Namen und keine E-Mail-Adresse enthält „${search}“.`
        : 'Von dieser Art gibt es keine.',
    clear: 'Filter aufheben',
  },
  facts: {
    kind: 'Typ',
    membership: 'Mitgliedschaft',
    mail: 'E-Mail-Adresse',
    id: 'Objekt-ID',
    firstSeen: 'Zuerst gesehen',
    lastSeen: 'Zuletzt von Microsoft genannt',
    changed: 'Letzte Änderung',
    gone: 'Verschwunden seit',
  },
  seenBy: 'gelesen durch',
  noDescription: 'Microsoft gibt keine Beschreibung.',
  rule: 'Mitgliedschaftsregel',
  ruleLead: 'Nach dieser Regel nimmt Microsoft Mitglieder auf und entfernt sie.',
  raw: 'So beschreibt es Microsoft',
  rawHint: 'was davon abgefragt wurde, wie zuletzt gelesen; Mitglieder werden nicht gelesen',
}

const WORDS: InEveryLanguage<GroupWords> = { en: EN, de: DE }

/** The words of the pages about groups. */
export const groupWords = (language: Language): GroupWords => WORDS[language]
