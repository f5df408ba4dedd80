import type { InEveryLanguage, Language } from '../../kernel/index.ts'
import type { Sort } from './list-query.ts'

const EN = {
  sync: 'Read from Microsoft',
  asOf: (time: string) => `As of ${time}`,
  present: (count: string) => `${count} present`,
  changes: (count: number) =>
    count === 0
      ? 'the last sync found no change'
      : `the last sync found ${count === 1 ? '1 change' : `${count.toLocaleString('en-GB')} changes`}`,
  old: (ago: string) => `This view is old: it was last read ${ago}`,
  archived: 'The tenant is archived: this is what was last seen of it, and it stays.',
  searchButton: 'Search',
  sort: 'Order',
  sorts: { name: 'Name', changed: 'Last change', first_seen: 'First seen' } satisfies Record<Sort, string>,
  never: 'never',
  gone: 'Gone',
  pages: 'Pages',
  previous: 'Previous',
  next: 'Next',
  shown: (count: number, order: string) => `${count} on this page, ${order}`,
  orders: {
    name: 'by name',
    '-name': 'by name, from the end',
    changed: 'longest unchanged first',
    '-changed': 'last changed first',
    first_seen: 'first seen first',
    '-first_seen': 'newest first',
  } as Readonly<Record<`${'' | '-'}${Sort}`, string>>,
  manyFound: 'Too many are found to be counted; a longer search narrows them.',
  shortSearch: 'With fewer than three characters only what begins with them is found.',
  clear: 'Clear the filters',
  beyond: {
    title: 'Nothing is left on this page',
    text: 'What stood here has changed its place since the page before was opened.',
    first: 'To the first page',
  },
  facts: {
    id: 'Object id',
    firstSeen: 'First seen',
    lastSeen: 'Last told of by Microsoft',
    changed: 'Last change',
    gone: 'Gone since',
  },
  readBy: 'read by',
  raw: 'As Microsoft describes it',
  wrong: {
    limit: (most: number) => `Give a whole number from 1 to ${most}.`,
    edge: 'Take the address of the next part as “next” has it.',
    oneOf: (names: string) => `Give one of: ${names}.`,
    search: (most: number) => `Give at most ${most} characters.`,
  },
}

export type ListWords = typeof EN

const DE: ListWords = {
  sync: 'Von Microsoft lesen',
  asOf: (time) => `Stand: ${time}`,
  present: (count) => `${count} vorhanden`,
  changes: (count) =>
    count === 0
      ? 'die letzte Synchronisierung fand keine Änderung'
      : `die letzte Synchronisierung fand ${count === 1 ? '1 Änderung' : `${count.toLocaleString('de-DE')} Änderungen`}`,
  old: (ago) => `Diese Ansicht ist alt: Sie wurde zuletzt ${ago} gelesen`,
  archived: 'Der Mandant ist archiviert: Dies wurde zuletzt von ihm gesehen, und es bleibt so.',
  searchButton: 'Suchen',
  sort: 'Reihenfolge',
  sorts: { name: 'Name', changed: 'Letzte Änderung', first_seen: 'Zuerst gesehen' },
  never: 'nie',
  gone: 'Verschwunden',
  pages: 'Seiten',
  previous: 'Zurück',
  next: 'Weiter',
  shown: (count, order) => `${count} auf dieser Seite, ${order}`,
  orders: {
    name: 'nach Namen',
    '-name': 'nach Namen, vom Ende her',
    changed: 'am längsten unverändert zuerst',
    '-changed': 'zuletzt geändert zuerst',
    first_seen: 'am längsten bekannt zuerst',
    '-first_seen': 'neueste zuerst',
  },
  manyFound: 'Es wurden zu viele gefunden, um sie zu zählen; eine längere Suche grenzt sie ein.',
  shortSearch: 'Mit weniger als drei Zeichen wird nur gefunden, was damit beginnt.',
  clear: 'Filter aufheben',
  beyond: {
    title: 'Auf dieser Seite steht nichts mehr',
    text: 'Was hier stand, hat seinen Platz gewechselt, seit die Seite davor geöffnet wurde.',
    first: 'Zur ersten Seite',
  },
  facts: {
    id: 'Objekt-ID',
    firstSeen: 'Zuerst gesehen',
    lastSeen: 'Zuletzt von Microsoft genannt',
    changed: 'Letzte Änderung',
    gone: 'Verschwunden seit',
  },
  readBy: 'gelesen durch',
  raw: 'So beschreibt es Microsoft',
  wrong: {
    limit: (most) => `Bitte eine ganze Zahl von 1 bis ${most} angeben.`,
    edge: 'Bitte die Adresse des nächsten Teils so nehmen, wie „next“ sie nennt.',
    oneOf: (names) => `Bitte eines davon angeben: ${names}.`,
    search: (most) => `Bitte höchstens ${most} Zeichen angeben.`,
  },
}

const WORDS: InEveryLanguage<ListWords> = { en: EN, de: DE }

/** What every list of a tenant says, whatever it lists. */
export const listWords = (language: Language): ListWords => WORDS[language]
