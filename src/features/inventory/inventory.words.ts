import type { PolicyType } from '../../engine/catalog/index.ts'
import type { InEveryLanguage, Language } from '../../kernel/index.ts'
import type { NounWords } from '../tenant-lists/index.ts'
import type { Assignment } from './assignments.ts'
import type { ItemShow } from './find-items.sql.ts'
import type { Platform } from './inventory-type.ts'

const TYPES_EN = {
  scope_tags: 'Scope tags',
  assignment_filters: 'Assignment filters',
  device_configurations: 'Device configurations',
  compliance_policies: 'Compliance policies',
  settings_catalog: 'Settings catalog',
  scripts: 'Scripts',
  app_configurations: 'App configurations',
  conditional_access: 'Conditional access',
} satisfies Record<PolicyType, string>

const PLATFORM_NAMES: Readonly<Record<Platform, string>> = {
  windows: 'Windows',
  macos: 'macOS',
  ios: 'iOS/iPadOS',
  android: 'Android',
  linux: 'Linux',
}

const EN = {
  title: 'Inventory',
  search: 'Search names',
  show: 'Show policies',
  shows: { present: 'Present', ...TYPES_EN, gone: 'Missing' } satisfies Record<ItemShow, string>,
  types: TYPES_EN,
  platforms: PLATFORM_NAMES,
  allPlatforms: 'All',
  name: 'Policy',
  columns: { type: 'Type', platform: 'Platform' },
  never: {
    title: 'The inventory was never read',
    text: 'The first sync reads all policies; every later one tells what changed. Reading changes nothing over there.',
  },
  notYetAll: {
    title: 'Not every type of policy was read to the end yet',
    text: 'What is listed below is what has been read so far.',
  },
  noMatch: {
    title: 'No policy matches',
    none: 'There is none of this kind.',
    text: (search: string) => `None of these names contains “${search}”.`,
  },
  nothing: {
    title: 'This tenant has no policies',
    text: 'Every type was read to its end, and none was found.',
  },
  old: 'What is shown here may have changed since. The next sync reads all of it anew.',
  noDescription: 'It has no description.',
  rawHint: 'the whole object, as it was last read',
  scopeTags: 'Scope tags',
  assignments: {
    title: 'Assignments',
    none: 'It is assigned to nobody.',
    caption: 'Whom it concerns',
    columns: { whom: 'Whom', how: 'How', filter: 'Filter' },
    targets: {
      all_devices: 'All devices',
      all_users: 'All users',
      guests: 'Guests and external users',
      group: 'Group that was not read',
      role: 'Directory role that was not read',
      user: 'User',
    } satisfies Record<Exclude<Assignment['target'], 'other'>, string>,
    included: 'Included',
    excluded: 'Excluded',
    filter: { include: (name: string) => `only ${name}`, exclude: (name: string) => `without ${name}` },
    noFilter: 'none',
  },
  settings: {
    title: 'Settings',
    count: (count: number) =>
      `${count} ${count === 1 ? 'setting' : 'settings'}, named as Microsoft names them`,
    none: 'It sets nothing.',
    caption: 'What it sets',
    columns: { name: 'Setting', value: 'Value' },
    holds: 'holds those below it',
  },
  refused: {
    title: 'Some types were not read last time',
    why: 'What is missing of them since then is not known; what is listed is what was last seen.',
    line: (types: string, how: string) => `${types}: ${how}`,
    lastRead: (ago: string) => `last read to the end ${ago}`,
    neverRead: 'never read to the end',
  },
  unfinished: {
    title: 'A later sync came to no end',
    why: 'Some policies below are newer than the others. None is told as missing before its type was read to the end.',
  },
  unread: {
    title: 'Some types were never read',
    why: 'The syncs so far read only some types. Of the others nothing is known yet.',
  },
}

export type InventoryWords = typeof EN & NounWords<ItemShow>

const TYPES_DE: InventoryWords['types'] = {
  scope_tags: 'Bereichstags',
  assignment_filters: 'Zuweisungsfilter',
  device_configurations: 'Gerätekonfigurationen',
  compliance_policies: 'Compliancerichtlinien',
  settings_catalog: 'Einstellungskatalog',
  scripts: 'Skripts',
  app_configurations: 'App-Konfigurationen',
  conditional_access: 'Bedingter Zugriff',
}

const DE: InventoryWords = {
  title: 'Inventar',
  search: 'Namen durchsuchen',
  show: 'Richtlinien zeigen',
  shows: { present: 'Vorhanden', ...TYPES_DE, gone: 'Vermisst' },
  types: TYPES_DE,
  platforms: PLATFORM_NAMES,
  allPlatforms: 'Alle',
  name: 'Richtlinie',
  columns: { type: 'Typ', platform: 'Plattform' },
  never: {
    title: 'Das Inventar wurde noch nie gelesen',
    text: 'Die erste Synchronisierung liest alle Richtlinien; jede spätere sagt, was sich geändert hat. Das Lesen ändert drüben nichts.',
  },
  notYetAll: {
    title: 'Noch wurde nicht jeder Typ von Richtlinien bis zum Ende gelesen',
    text: 'Unten steht, was bisher gelesen wurde.',
  },
  noMatch: {
    title: 'Keine Richtlinie passt',
    none: 'Von dieser Art gibt es keine.',
    text: (search) => `Keiner dieser Namen enthält „${search}“.`,
  },
  nothing: {
    title: 'Dieser Mandant hat keine Richtlinien',
    text: 'Jeder Typ wurde bis zum Ende gelesen, und keine wurde gefunden.',
  },
  old: 'Was hier steht, kann sich seitdem geändert haben. Die nächste Synchronisierung liest alles neu.',
  noDescription: 'Sie hat keine Beschreibung.',
  rawHint: 'das ganze Objekt, wie es zuletzt gelesen wurde',
  scopeTags: 'Bereichstags',
  assignments: {
    title: 'Zuweisungen',
    none: 'Sie ist niemandem zugewiesen.',
    caption: 'Wen sie betrifft',
    columns: { whom: 'Wen', how: 'Wie', filter: 'Filter' },
    targets: {
      all_devices: 'Alle Geräte',
      all_users: 'Alle Benutzer',
      guests: 'Gäste und externe Benutzer',
      group: 'Gruppe, die nicht gelesen wurde',
      role: 'Verzeichnisrolle, die nicht gelesen wurde',
      user: 'Benutzer',
    },
    included: 'Eingeschlossen',
    excluded: 'Ausgeschlossen',
    filter: { include: (name) => `nur ${name}`, exclude: (name) => `ohne ${name}` },
    noFilter: 'keiner',
  },
  settings: {
    title: 'Einstellungen',
    count: (count) => `${count} ${count === 1 ? 'Einstellung' : 'Einstellungen'}, benannt wie bei Microsoft`,
    none: 'Sie stellt nichts ein.',
    caption: 'Was sie einstellt',
    columns: { name: 'Einstellung', value: 'Wert' },
    holds: 'enthält die darunter',
  },
  refused: {
    title: 'Einige Typen wurden zuletzt nicht gelesen',
    why: 'Was davon seitdem fehlt, ist nicht bekannt; gezeigt wird, was zuletzt gesehen wurde.',
    line: (types, how) => `${types}: ${how}`,
    lastRead: (ago) => `zuletzt ${ago} bis zum Ende gelesen`,
    neverRead: 'noch nie bis zum Ende gelesen',
  },
  unfinished: {
    title: 'Eine spätere Synchronisierung kam an kein Ende',
    why: 'Einige Richtlinien unten sind neuer als die anderen. Vermisst heißt keine, bevor ihr Typ bis zum Ende gelesen wurde.',
  },
  unread: {
    title: 'Einige Typen wurden noch nie gelesen',
    why: 'Die bisherigen Synchronisierungen lasen nur einige Typen. Von den anderen ist noch nichts bekannt.',
  },
}

const WORDS: InEveryLanguage<InventoryWords> = { en: EN, de: DE }

/** The words of the pages about the inventory. */
export const inventoryWords = (language: Language): InventoryWords => WORDS[language]
