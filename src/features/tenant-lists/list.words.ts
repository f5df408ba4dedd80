import type { Counts } from '../../engine/runs/index.ts'
import type { InEveryLanguage, Language } from '../../kernel/index.ts'
import { newsOf } from '../operations/index.ts'
import type { Sort, WrittenOrder } from './list-query.ts'

const EN = {
  sync: 'Read from Microsoft',
  asOf: (time: string) => `As of ${time}`,
  inPart: 'read in part',
  present: (count: string) => `${count} present`,
  news: (news: Counts, count: (value: number) => string) =>
    newsOf(news, ['new', 'changed', 'gone'], count) || 'no change',
  found: (news: string) => `the last sync found ${news}`,
  old: (ago: string) => `This view is old: the last sync to its end was ${ago}`,
  archived: 'Nothing is read from it any more. What was last seen of it stays as it is.',
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
  } as Readonly<Record<WrittenOrder, string>>,
  notCounted: 'They were not counted; a longer search finds fewer.',
  reordered: (order: string) => `Very many were found: they are listed ${order}.`,
  onlyBeginnings:
    'A search of fewer than three letters finds only names that begin with it, and lists them by name.',
  noneBegins: (search: string) =>
    `No name begins with “${search}”. Type three letters or more to look inside names.`,
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
  inPart: 'zum Teil gelesen',
  present: (count) => `${count} vorhanden`,
  news: (news, count) => newsOf(news, ['neu', 'geändert', 'nicht mehr da'], count) || 'keine Änderung',
  found: (news) => `die letzte Synchronisierung fand ${news}`,
  old: (ago) => `Diese Ansicht ist alt: Zuletzt wurde ${ago} bis zum Ende gelesen`,
  archived: 'Aus ihm wird nichts mehr gelesen. Was zuletzt von ihm gesehen wurde, bleibt, wie es ist.',
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
  notCounted: 'Gezählt wurden sie nicht; eine längere Suche findet weniger.',
  reordered: (order) => `Es wurden sehr viele gefunden: Sie sind so geordnet: ${order}.`,
  onlyBeginnings:
    'Eine Suche mit weniger als drei Buchstaben findet nur Namen, die damit beginnen, und ordnet sie nach Namen.',
  noneBegins: (search) =>
    `Kein Name beginnt mit „${search}“. Ab drei Buchstaben wird auch im Inneren der Namen gesucht.`,
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
