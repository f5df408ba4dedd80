import type { InEveryLanguage, Language } from '../../kernel/index.ts'
import type { Shelf } from './states.ts'

const STATES_EN = {
  noncompliant: 'Not compliant',
  in_grace_period: 'In grace period',
  unknown: 'Not evaluated',
  error: 'Error',
  conflict: 'Conflict',
  config_manager: 'Managed by Configuration Manager',
  other: 'Another state',
  compliant: 'Compliant',
  gone: 'Gone',
} satisfies Record<Shelf, string>

const EN = {
  states: STATES_EN,
  never: {
    title: 'No snapshot was taken yet',
    text: 'The first snapshot reads every device with its compliance state; every later one adds to the history. Reading changes nothing over there.',
  },
  noDevices: {
    title: 'This tenant has no devices',
    text: 'The last snapshot read the whole list of Intune and found none.',
  },
  snapshot: 'Take a snapshot',
  asOf: (time: string) => `Snapshot of ${time}`,
  devices: (count: string, one: boolean) => (one ? '1 device' : `${count} devices`),
  archived: 'Nothing is read from it any more. What was last observed of it stays as it is.',
  old: (ago: string) => `This view is old: the last snapshot was taken ${ago}`,
  oldWhy: 'The devices may stand differently by now. The next snapshot reads all of them.',
  failed: (reason: string) => `The last snapshot was not taken: ${reason}`,
  partly: (reason: string) => `The last snapshot lacks a part: ${reason}`,
  stands: {
    title: (compliant: string, all: string) => `${compliant} of ${all} devices comply`,
    share: (share: string) => share,
    fewer: (count: string, date: string) => `${count} fewer with a problem than on ${date}`,
    more: (count: string, date: string) => `${count} more with a problem than on ${date}`,
    same: (date: string) => `as many with a problem as on ${date}`,
  },
  allDevices: 'All devices',
  silent: (count: string) => `${count} had not reached Intune for 30 days`,
  history: 'Over time',
  ranges: { 7: '7 days', 30: '30 days', 90: '90 days', 365: 'A year' } as Readonly<Record<number, string>>,
  range: 'How far back',
  perDay: 'One snapshot for each day, the last of it',
  wrongRange: (days: string) => `Give one of: ${days}.`,
  lines: {
    noncompliant: 'Not compliant',
    in_grace_period: 'In grace period',
    unknown: 'Not evaluated',
    error: 'Error, conflict',
  },
  chart: {
    caption: 'Devices that do not comply, by state',
    title: (from: string, to: string) => `Devices that do not comply, by state, ${from} to ${to}`,
    desc: 'The same numbers stand in the table beside it.',
    gap: 'no snapshot',
    one: 'One snapshot makes no line yet. The next one will.',
    none: (range: string) => `No snapshot was taken in this time (${range}).`,
  },
  table: {
    caption: 'Devices by state, snapshot by snapshot, the newest first',
    snapshot: 'Snapshot',
    comply: 'Comply',
  },
  now: {
    title: 'By state',
    caption: 'How the devices stand, counted from the devices and by Microsoft',
    columns: { state: 'State', devices: 'Devices', summary: 'Microsoft’s summary' },
    agrees: 'Microsoft’s own summary says the same.',
    differs:
      'Microsoft counts its summary apart from the devices and updates it later, so the two may differ for a while. The devices are what was read one by one.',
    missing:
      'Microsoft’s own summary could not be read with this snapshot. The devices were all read; the operation says what was missing.',
    other: 'Another number:',
  },
}

export type ComplianceWords = typeof EN

const DE: ComplianceWords = {
  states: {
    noncompliant: 'Nicht konform',
    in_grace_period: 'In Toleranzperiode',
    unknown: 'Nicht ausgewertet',
    error: 'Fehler',
    conflict: 'Konflikt',
    config_manager: 'Von Configuration Manager verwaltet',
    other: 'Ein anderer Status',
    compliant: 'Konform',
    gone: 'Verschwunden',
  },
  never: {
    title: 'Noch wurde kein Konformitätsstand erfasst',
    text: 'Der erste Konformitätsstand liest jedes Gerät mit seinem Status; jeder spätere ergänzt den Verlauf. Das Lesen ändert drüben nichts.',
  },
  noDevices: {
    title: 'Dieser Mandant hat keine Geräte',
    text: 'Der letzte Konformitätsstand las die ganze Liste von Intune und fand keines.',
  },
  snapshot: 'Konformitätsstand erfassen',
  asOf: (time) => `Stand: ${time}`,
  devices: (count, one) => (one ? '1 Gerät' : `${count} Geräte`),
  archived: 'Aus ihm wird nichts mehr gelesen. Was zuletzt von ihm beobachtet wurde, bleibt, wie es ist.',
  old: (ago) => `Diese Ansicht ist alt: Der letzte Konformitätsstand wurde ${ago} erfasst`,
  oldWhy: 'Die Geräte können inzwischen anders dastehen. Der nächste Konformitätsstand liest alle neu.',
  failed: (reason) => `Der letzte Konformitätsstand wurde nicht erfasst: ${reason}`,
  partly: (reason) => `Dem letzten Konformitätsstand fehlt ein Teil: ${reason}`,
  stands: {
    title: (compliant, all) => `${compliant} von ${all} Geräten sind konform`,
    share: (share) => share,
    fewer: (count, date) => `${count} weniger mit einem Problem als am ${date}`,
    more: (count, date) => `${count} mehr mit einem Problem als am ${date}`,
    same: (date) => `so viele mit einem Problem wie am ${date}`,
  },
  allDevices: 'Alle Geräte',
  silent: (count) => `${count} hatten Intune seit 30 Tagen nicht erreicht`,
  history: 'Im Verlauf',
  ranges: { 7: '7 Tage', 30: '30 Tage', 90: '90 Tage', 365: 'Ein Jahr' },
  range: 'Wie weit zurück',
  perDay: 'Von jedem Tag ein Stand, der letzte',
  wrongRange: (days) => `Bitte eines davon angeben: ${days}.`,
  lines: {
    noncompliant: 'Nicht konform',
    in_grace_period: 'Toleranz\u00adperiode',
    unknown: 'Nicht ausge\u00adwertet',
    error: 'Fehler, Konflikt',
  },
  chart: {
    caption: 'Geräte, die nicht konform sind, nach Status',
    title: (from, to) => `Geräte, die nicht konform sind, nach Status, ${from} bis ${to}`,
    desc: 'Dieselben Zahlen stehen in der Tabelle daneben.',
    gap: 'kein Stand',
    one: 'Aus einem Stand wird noch keine Linie, mit dem nächsten schon.',
    none: (range) => `In dieser Zeit (${range}) wurde kein Stand erfasst.`,
  },
  table: {
    caption: 'Geräte nach Status, Stand für Stand, der neueste zuerst',
    snapshot: 'Stand',
    comply: 'Konform',
  },
  now: {
    title: 'Nach Status',
    caption: 'Wie die Geräte dastehen, aus den Geräten gezählt und von Microsoft',
    columns: { state: 'Status', devices: 'Geräte', summary: 'Zusammenfassung von Microsoft' },
    agrees: 'Die Zusammenfassung von Microsoft sagt dasselbe.',
    differs:
      'Microsoft zählt seine Zusammenfassung getrennt von den Geräten und führt sie später nach, darum können sich beide eine Weile unterscheiden. Die Geräte wurden eines nach dem anderen gelesen.',
    missing:
      'Die Zusammenfassung von Microsoft konnte mit diesem Konformitätsstand nicht gelesen werden. Die Geräte wurden alle gelesen; der Vorgang sagt, was fehlte.',
    other: 'Eine andere Zahl:',
  },
}

const WORDS: InEveryLanguage<ComplianceWords> = { en: EN, de: DE }

/** The words of the page that tells how a tenant's devices comply. */
export const complianceWords = (language: Language): ComplianceWords => WORDS[language]
