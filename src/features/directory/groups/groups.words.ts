import type { GroupKind } from '../../../graph/index.ts'
import type { InEveryLanguage, Language } from '../../../kernel/index.ts'
import type { NounWords } from '../../tenant-lists/index.ts'
import type { GroupShow } from './groups.sql.ts'

const EN = {
  title: 'Groups',
  search: 'Search names and mail addresses',
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
  name: 'Group',
  columns: { kind: 'Type', membership: 'Membership' },
  assigned: 'Assigned',
  dynamic: 'Dynamic',
  goneHow: {
    soft_deleted: 'deleted, may still be restored in Microsoft Entra',
    deleted: 'deleted for good',
    not_returned: 'no longer returned when everything was read anew',
  },
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
    none: 'There is none of this kind.',
    text: (search: string) => `None of these names and mail addresses contains “${search}”.`,
  },
  mail: 'Mail address',
  nothing: {
    title: 'This directory has no groups',
    text: 'The last sync read it to its end and found none.',
  },
  old: 'Microsoft keeps the link to the changes for about a week. After that the next sync reads everything anew, which takes longer.',
  anew: {
    going_on: {
      title: 'Everything is being read anew',
      why: 'Microsoft no longer took the link to the changes. Until this sync has come to its end, entries that are gone may still be listed as present.',
    },
    stopped: {
      title: 'Everything has to be read anew, and that has not come to its end',
      why: 'Microsoft no longer took the link to the changes. Entries that are gone may still be listed as present. The next sync reads everything.',
    },
  },
  noDescription: 'Microsoft gives no description.',
  rule: 'Membership rule',
  ruleLead: 'Microsoft adds and removes members by this rule.',
  rawHint: 'what was asked of it, as it was last read; members are not read',
}

export type GroupWords = typeof EN & NounWords<GroupShow>

const DE: GroupWords = {
  title: 'Gruppen',
  search: 'Namen und E-Mail-Adressen durchsuchen',
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
  name: 'Gruppe',
  columns: { kind: 'Typ', membership: 'Mitgliedschaft' },
  assigned: 'Zugewiesen',
  dynamic: 'Dynamisch',
  goneHow: {
    soft_deleted: 'gelöscht, lässt sich in Microsoft Entra vielleicht noch wiederherstellen',
    deleted: 'endgültig gelöscht',
    not_returned: 'beim vollständigen Neulesen nicht mehr dabei',
  },
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
    none: 'Von dieser Art gibt es keine.',
    text: (search) => `Keiner dieser Namen und keine E-Mail-Adresse enthält „${search}“.`,
  },
  mail: 'E-Mail-Adresse',
  nothing: {
    title: 'Dieses Verzeichnis hat keine Gruppen',
    text: 'Die letzte Synchronisierung las es bis zum Ende und fand keine.',
  },
  old: 'Microsoft bewahrt den Link zu den Änderungen etwa eine Woche lang auf. Danach liest die nächste Synchronisierung alles neu, und das dauert länger.',
  anew: {
    going_on: {
      title: 'Alles wird neu gelesen',
      why: 'Microsoft nahm den Link zu den Änderungen nicht mehr an. Bis diese Synchronisierung zu Ende ist, können verschwundene Einträge noch als vorhanden geführt sein.',
    },
    stopped: {
      title: 'Alles muss neu gelesen werden, und das ist noch nicht zu Ende geführt',
      why: 'Microsoft nahm den Link zu den Änderungen nicht mehr an. Verschwundene Einträge können noch als vorhanden geführt sein. Die nächste Synchronisierung liest alles.',
    },
  },
  noDescription: 'Microsoft gibt keine Beschreibung.',
  rule: 'Mitgliedschaftsregel',
  ruleLead: 'Nach dieser Regel nimmt Microsoft Mitglieder auf und entfernt sie.',
  rawHint: 'was davon abgefragt wurde, wie zuletzt gelesen; Mitglieder werden nicht gelesen',
}

const WORDS: InEveryLanguage<GroupWords> = { en: EN, de: DE }

/** The words of the pages about groups. */
export const groupWords = (language: Language): GroupWords => WORDS[language]
