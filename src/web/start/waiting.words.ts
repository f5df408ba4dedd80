import type { SeenWaiting } from '../../engine/waiting/index.ts'
import type { InEveryLanguage, Language } from '../../kernel/index.ts'

/** What pages say of the run that is in the way, and of starts that wait for it to end. */
export interface WaitingWords {
  /** The button on an answer. */
  readonly whenFree: string
  readonly somethingHolds: string
  readonly soFar: (count: string) => string
  readonly of: (done: string, total: string) => string
  readonly alive: (ago: string) => string
  /** "Waiting start #7" */
  readonly number: (id: number) => string
  readonly states: Readonly<Record<SeenWaiting['state'], string>>
  readonly startsByItself: (title: string, tenant: string) => string
  readonly asked: (who: string, when: string) => string
  readonly place: (place: number) => string
  readonly free: string
  readonly open: string
  readonly cancel: string
  /** The whole of it, for those who hear only the button. */
  readonly cancelIt: (title: string, tenant: string) => string
  readonly started: (title: string, tenant: string, id: number) => string
  readonly joined: (title: string, id: number) => string
  readonly refused: string
  readonly cancelled: (who: string, when: string) => string
  /** For whoever asked for the same work that waits already. */
  readonly followed: (who: string) => string
  /** The line of a notification about one that was ended by somebody else. */
  readonly endedBy: (who: string) => string
  readonly skipped: (who: string, when: string) => string
  /** Of a step of a bootstrap, while one before it is at work or holds it back. */
  readonly inBootstrap: string
  readonly openOnboarding: string
  /** The group in the list of operations, and the list of its own. */
  readonly group: string
  readonly groupLead: string
  readonly list: string
  readonly none: { readonly title: string; readonly text: string }
  readonly columns: Readonly<Record<'place' | 'tenant' | 'waitsFor' | 'asked' | 'since', string>>
  readonly backToAll: string
}

const EN: WaitingWords = {
  whenFree: 'Start when free',
  somethingHolds: 'Another operation holds the directory',
  soFar: (count) => `${count} so far`,
  of: (done, total) => `${done} of ${total}`,
  alive: (ago) => `last sign of life ${ago}`,
  number: (id) => `Waiting start #${id}`,
  states: {
    waiting: 'Waiting to start',
    started: 'Started',
    joined: 'Already running',
    refused: 'Not started',
    cancelled: 'Cancelled',
    skipped: 'Skipped',
  },
  startsByItself: (title, tenant) =>
    `“${title}” in ${tenant} starts by itself as soon as the directory is free. You need not stay on this page.`,
  asked: (who, when) => `Asked for by ${who}, ${when}`,
  place: (place) => (place === 1 ? 'Next in line' : `Number ${place} in line`),
  free: 'The directory is free; it is being tried.',
  open: 'Open waiting start',
  cancel: 'Cancel waiting',
  cancelIt: (title, tenant) => `Cancel waiting: ${title} in ${tenant}`,
  started: (title, tenant, id) =>
    `The directory became free, and “${title}” in ${tenant} was started as Operation #${id}.`,
  joined: (title, id) =>
    `“${title}” was started by somebody else meanwhile, as Operation #${id}. A second one would only do the same again.`,
  refused: 'Its turn came, and it could not be started.',
  cancelled: (who, when) => `${who} cancelled the waiting, ${when}. Nothing was started.`,
  followed: (who) =>
    `You asked for the same work that ${who} is waiting for, so it waits once. You are notified if it is not started.`,
  endedBy: (who) => `${who} cancelled the waiting. Nothing was started.`,
  skipped: (who, when) => `${who} skipped this step, ${when}.`,
  inBootstrap: 'Waits for the step before it in its onboarding.',
  openOnboarding: 'Open onboarding',
  group: 'Waiting to start',
  groupLead: 'Each is tried in this order when its directory is free.',
  list: 'Waiting starts',
  none: {
    title: 'Nothing waits to start',
    text: 'When a directory is held by other work, “Start when free” on the answer puts a start in line here.',
  },
  columns: {
    place: 'Place',
    tenant: 'Tenant',
    waitsFor: 'Waits for',
    asked: 'Asked for by',
    since: 'Waiting for',
  },
  backToAll: 'All operations',
}

const DE: WaitingWords = {
  whenFree: 'Starten, sobald frei',
  somethingHolds: 'Ein anderer Vorgang belegt das Verzeichnis',
  soFar: (count) => `bisher ${count}`,
  of: (done, total) => `${done} von ${total}`,
  alive: (ago) => `letztes Lebenszeichen ${ago}`,
  number: (id) => `Wartender Start #${id}`,
  states: {
    waiting: 'Wartet auf den Start',
    started: 'Gestartet',
    joined: 'Läuft bereits',
    refused: 'Nicht gestartet',
    cancelled: 'Abgebrochen',
    skipped: 'Übersprungen',
  },
  startsByItself: (title, tenant) =>
    `„${title}“ in ${tenant} startet von selbst, sobald das Verzeichnis frei ist. Diese Seite muss dafür nicht offen bleiben.`,
  asked: (who, when) => `Angefordert von ${who}, ${when}`,
  place: (place) => (place === 1 ? 'Als Nächstes an der Reihe' : `An ${place}. Stelle der Reihe`),
  free: 'Das Verzeichnis ist frei; der Start wird gerade versucht.',
  open: 'Wartenden Start öffnen',
  cancel: 'Warten abbrechen',
  cancelIt: (title, tenant) => `Warten abbrechen: ${title} in ${tenant}`,
  started: (title, tenant, id) =>
    `Das Verzeichnis wurde frei, und „${title}“ in ${tenant} wurde als Vorgang #${id} gestartet.`,
  joined: (title, id) =>
    `„${title}“ wurde inzwischen von jemand anderem als Vorgang #${id} gestartet. Ein zweiter würde nur dasselbe noch einmal tun.`,
  refused: 'Der Start kam an die Reihe und war nicht möglich.',
  cancelled: (who, when) => `${who} hat das Warten abgebrochen, ${when}. Es wurde nichts gestartet.`,
  followed: (who) =>
    `Auf denselben Start wartet bereits ${who}, er steht deshalb nur einmal in der Reihe. Kommt es nicht zum Start, folgt eine Benachrichtigung.`,
  endedBy: (who) => `${who} hat das Warten abgebrochen. Es wurde nichts gestartet.`,
  skipped: (who, when) => `${who} hat diesen Schritt übersprungen, ${when}.`,
  inBootstrap: 'Wartet auf den Schritt davor in seinem Onboarding.',
  openOnboarding: 'Onboarding öffnen',
  group: 'Wartet auf den Start',
  groupLead: 'In dieser Reihenfolge wird gestartet, sobald das jeweilige Verzeichnis frei ist.',
  list: 'Wartende Starts',
  none: {
    title: 'Kein Start wartet',
    text: 'Belegt ein anderer Vorgang das Verzeichnis, stellt „Starten, sobald frei“ in der Antwort den Start hier in die Reihe.',
  },
  columns: {
    place: 'Platz',
    tenant: 'Mandant',
    waitsFor: 'Wartet auf',
    asked: 'Angefordert von',
    since: 'Wartet seit',
  },
  backToAll: 'Alle Vorgänge',
}

const WORDS: InEveryLanguage<WaitingWords> = { en: EN, de: DE }

/** The words about waiting starts in one language. */
export const waitingWords = (language: Language): WaitingWords => WORDS[language]
