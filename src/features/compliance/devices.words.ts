import type { InEveryLanguage, Language } from '../../kernel/index.ts'
import type { NounWords } from '../tenant-lists/index.ts'
import { complianceWords } from './compliance.words.ts'
import type { DeviceShow } from './devices.sql.ts'
import type { Shelf } from './states.ts'

const SYSTEMS = { windows: 'Windows', macos: 'macOS', ios: 'iOS/iPadOS', android: 'Android', linux: 'Linux' }

const EN = {
  title: 'Devices',
  search: 'Search names, users and serial numbers',
  show: 'Show devices',
  shows: {
    ...complianceWords('en').states,
    present: 'Present',
    config_manager: 'Configuration Manager',
    ...SYSTEMS,
    other_system: 'Other systems',
    silent: 'Silent for 30 days',
    gone: 'Gone',
  } satisfies Record<DeviceShow, string>,
  states: complianceWords('en').states as Readonly<Record<Shelf, string>>,
  name: 'Device',
  columns: {
    state: 'State',
    system: 'System',
    contact: 'Last contact',
    user: 'User',
    grace: 'Grace period until',
    managedBy: 'Managed by',
    serial: 'Serial number',
  },
  noUser: 'Nobody is signed in',
  noSystem: 'not known',
  neverReached: 'never',
  silent: 'Silent',
  lastContact: 'with Intune',
  never: {
    title: 'The devices were never read',
    text: 'The first snapshot reads every device; every later one tells what changed. Reading changes nothing over there.',
  },
  notYetAll: {
    title: 'Not every device was read yet',
    text: 'What is listed below is what has been read so far.',
  },
  noMatch: {
    title: 'No device matches',
    none: 'There is none like this.',
    text: (search: string) => `None of these names, users and serial numbers contains “${search}”.`,
  },
  nothing: {
    title: 'This tenant has no devices',
    text: 'The last snapshot read the whole list of Intune and found none.',
  },
  old: 'The devices may stand differently by now. The next snapshot reads all of them.',
  found: (news: string) => `the last snapshot found ${news}`,
  noDescription: 'A device that Intune manages.',
  rawHint: 'what was asked of it, as it was last read',
  history: {
    title: 'How its state changed',
    none: 'Its state has not changed since it was first seen.',
    caption: 'Changes of its state, the newest first',
    columns: { at: 'Observed', from: 'From', to: 'To', by: 'Operation' },
  },
  unfinished: {
    title: 'A later snapshot came to no end',
    why: 'Some devices below are newer than the others. None is told as gone before every one was read.',
  },
}

export type DeviceWords = typeof EN & NounWords<DeviceShow>

const DE: DeviceWords = {
  title: 'Geräte',
  search: 'Namen, Benutzer und Seriennummern durchsuchen',
  show: 'Geräte zeigen',
  shows: {
    ...complianceWords('de').states,
    present: 'Vorhanden',
    config_manager: 'Configuration Manager',
    ...SYSTEMS,
    other_system: 'Andere Systeme',
    silent: 'Seit 30 Tagen still',
    gone: 'Verschwunden',
  },
  states: complianceWords('de').states,
  name: 'Gerät',
  columns: {
    state: 'Status',
    system: 'System',
    contact: 'Letzter Kontakt',
    user: 'Benutzer',
    grace: 'Toleranzperiode bis',
    managedBy: 'Verwaltet von',
    serial: 'Seriennummer',
  },
  noUser: 'Niemand ist angemeldet',
  noSystem: 'nicht bekannt',
  neverReached: 'nie',
  silent: 'Still',
  lastContact: 'mit Intune',
  never: {
    title: 'Die Geräte wurden noch nie gelesen',
    text: 'Der erste Konformitätsstand liest jedes Gerät; jeder spätere sagt, was sich geändert hat. Das Lesen ändert drüben nichts.',
  },
  notYetAll: {
    title: 'Noch wurde nicht jedes Gerät gelesen',
    text: 'Unten steht, was bisher gelesen wurde.',
  },
  noMatch: {
    title: 'Kein Gerät passt',
    none: 'Ein solches gibt es nicht.',
    text: (search) => `Keiner dieser Namen, Benutzer und Seriennummern enthält „${search}“.`,
  },
  nothing: {
    title: 'Dieser Mandant hat keine Geräte',
    text: 'Der letzte Konformitätsstand las die ganze Liste von Intune und fand keines.',
  },
  old: 'Die Geräte können inzwischen anders dastehen. Der nächste Konformitätsstand liest alle neu.',
  found: (news) => `der letzte Konformitätsstand fand ${news}`,
  noDescription: 'Ein Gerät, das Intune verwaltet.',
  rawHint: 'was von ihm erfragt wurde, wie es zuletzt gelesen wurde',
  history: {
    title: 'Wie sich sein Status änderte',
    none: 'Sein Status hat sich nicht geändert, seit es zuerst gesehen wurde.',
    caption: 'Änderungen seines Status, die neueste zuerst',
    columns: { at: 'Beobachtet', from: 'Von', to: 'Zu', by: 'Vorgang' },
  },
  unfinished: {
    title: 'Ein späterer Konformitätsstand kam an kein Ende',
    why: 'Einige Geräte unten sind neuer als die anderen. Verschwunden heißt keines, bevor nicht alle gelesen wurden.',
  },
}

const WORDS: InEveryLanguage<DeviceWords> = { en: EN, de: DE }

/** The words of the list of a tenant's devices. */
export const deviceWords = (language: Language): DeviceWords => WORDS[language]
