import type { InEveryLanguage, Language } from '../../kernel/index.ts'
import type { FilterField, RunFilter } from './run-filter.ts'

export interface FilterWords {
  readonly title: string
  readonly fields: Readonly<Record<FilterField, string>>
  readonly any: string
  readonly statuses: Readonly<Record<NonNullable<RunFilter['status']>, string>>
  readonly freshness: Readonly<Record<NonNullable<RunFilter['freshness']>, string>>
  readonly apply: string
  readonly clear: string
  /** Names the chips of the filters that are on. */
  readonly narrowedBy: string
  readonly remove: string
  readonly zone: (zone: string) => string
  readonly wrongTitle: string
  /** A value that means nothing; the list is shown without it. */
  readonly wrong: (field: string, value: string) => string
  readonly wrongTime: (field: string, value: string) => string
  /** For programs: what a field takes. */
  readonly oneOf: (values: string) => string
  readonly personId: string
  readonly time: string
  readonly none: { readonly title: string; readonly text: string }
  /** Enough was looked through; older ones are looked through on demand. */
  readonly lookedThrough: (count: string) => string
  readonly lookOn: string
}

const EN: FilterWords = {
  title: 'Filters',
  fields: {
    tenant: 'Tenant',
    status: 'Status',
    outcome: 'Outcome',
    operation: 'Operation',
    initiator: 'Started by',
    freshness: 'Freshness',
    reason: 'Reason',
    from: 'From',
    to: 'Until',
  },
  any: 'Any',
  statuses: { queued: 'Queued', running: 'Running', completed: 'Completed' },
  freshness: {
    fresh_active: 'Active and fresh',
    likely_stale: 'Likely stale',
    reconciled_failed: 'Ended for want of a sign of life',
    terminal_normal: 'Ended in order',
  },
  apply: 'Show',
  clear: 'Remove all filters',
  narrowedBy: 'Filters that are on',
  remove: 'remove this filter',
  zone: (zone) => `Days in ${zone}, both included`,
  wrongTitle: 'Not every filter was understood; the list is shown without those',
  wrong: (field, value) => `${field}: there is no “${value}”.`,
  wrongTime: (field, value) =>
    `${field}: “${value}” is no date or time, such as 2026-11-23 or 2026-11-23T14:30.`,
  oneOf: (values) => `Give one of: ${values}.`,
  personId: 'Give the id of a person, or system.',
  time: 'Give a date, such as 2026-11-23, or a time with its offset, such as 2026-11-23T14:30:00Z.',
  none: {
    title: 'Nothing fits these filters',
    text: 'Remove a filter, or choose another tab.',
  },
  lookedThrough: (count) => `${count} operations were looked through. Older ones may fit as well.`,
  lookOn: 'Look through older ones',
}

const DE: FilterWords = {
  title: 'Filter',
  fields: {
    tenant: 'Mandant',
    status: 'Status',
    outcome: 'Ergebnis',
    operation: 'Vorgang',
    initiator: 'Gestartet von',
    freshness: 'Lebenszeichen',
    reason: 'Grund',
    from: 'Von',
    to: 'Bis',
  },
  any: 'Alle',
  statuses: { queued: 'Eingereiht', running: 'Läuft', completed: 'Abgeschlossen' },
  freshness: {
    fresh_active: 'Aktiv, mit Lebenszeichen',
    likely_stale: 'Vermutlich verwaist',
    reconciled_failed: 'Mangels Lebenszeichen beendet',
    terminal_normal: 'Ordentlich beendet',
  },
  apply: 'Anzeigen',
  clear: 'Alle Filter entfernen',
  narrowedBy: 'Eingestellte Filter',
  remove: 'diesen Filter entfernen',
  zone: (zone) => `Tage in ${zone}, beide eingeschlossen`,
  wrongTitle: 'Nicht jeder Filter wurde verstanden; die Liste wird ohne diese gezeigt',
  wrong: (field, value) => `${field}: „${value}“ gibt es nicht.`,
  wrongTime: (field, value) =>
    `${field}: „${value}“ ist kein Datum und keine Uhrzeit wie 2026-11-23 oder 2026-11-23T14:30.`,
  oneOf: (values) => `Bitte eines davon angeben: ${values}.`,
  personId: 'Bitte die ID einer Person oder system angeben.',
  time: 'Bitte ein Datum wie 2026-11-23 oder eine Uhrzeit mit Abstand zu UTC wie 2026-11-23T14:30:00Z angeben.',
  none: {
    title: 'Nichts passt zu diesen Filtern',
    text: 'Einen Filter entfernen oder einen anderen Reiter wählen.',
  },
  lookedThrough: (count) => `${count} Vorgänge wurden durchgesehen. Auch ältere können passen.`,
  lookOn: 'Ältere durchsehen',
}

const WORDS: InEveryLanguage<FilterWords> = { en: EN, de: DE }

/** The words of the filters in one language. */
export const filterWords = (language: Language): FilterWords => WORDS[language]
