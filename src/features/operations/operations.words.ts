import type { Counts } from '../../engine/runs/index.ts'
import type { InEveryLanguage, Language } from '../../kernel/index.ts'

interface OperationsWords {
  readonly lead: (active: number, attention: number) => string
  readonly tabs: {
    readonly active: string
    readonly attention: string
    readonly all: string
    readonly label: string
  }
  readonly columns: Readonly<Record<'state' | 'operation' | 'tenant' | 'result' | 'by' | 'when', string>>
  readonly caption: string
  readonly groups: { readonly active: string; readonly ended: string; readonly movesByItself: string }
  readonly none: Readonly<Record<'active' | 'attention' | 'all', { title: string; text: string }>>
  readonly newer: string
  readonly older: string
  readonly pages: string
  readonly onlyTenant: (name: string) => string
  readonly showAll: string
  readonly queued: { title: string; text: string }
  readonly running: {
    unit: string
    noCount: string
    todo: string
    alive: (age: string) => string
    since: (age: string) => string
  }
  readonly stopping: string
  readonly stale: string
  readonly cancel: string
  readonly nothingStarted: (label: string) => string
  readonly succeeded: string
  readonly succeededButFound: (label: string) => string
  readonly whatWasChecked: { title: string; lead: string }
  readonly gate: Readonly<Record<GateStep, string>>
  readonly notLookedAt: string
  readonly evidence: string
  readonly counts: Readonly<Record<string, string>>
  readonly facts: Readonly<
    Record<'connection' | 'directory' | 'startedBy' | 'tries' | 'created' | 'started' | 'took', string>
  >
  readonly about: string
  readonly none_: string
  readonly timeline: string
  readonly story: Readonly<Record<'admitted' | 'claimed' | 'tried' | 'born' | 'stopAsked', string>>
  readonly storyTried: (tries: number) => string
  readonly diagnostics: { title: string; hint: string }
  readonly diagnosticFacts: Readonly<
    Record<'reason' | 'correlation' | 'identity' | 'attempt' | 'facts', string>
  >
  readonly soFar: (count: string) => string
  readonly result: (counts: Counts, count: (value: number) => string) => string
}

/** The steps of the gate as its list shows them, in their order. */
export const GATE_STEPS = [
  'tenant',
  'paused',
  'frozen',
  'connection',
  'enabled',
  'directory',
  'consent',
  'credential',
  'permissions',
  'throttle',
] as const
export type GateStep = (typeof GATE_STEPS)[number]

/** "112 new, 1 gone": what a reading found different, in the given words; empty when nothing is. */
function newsOf(
  counts: Counts,
  [created, changed, gone]: [string, string, string],
  count: (value: number) => string,
): string {
  const news = [
    [counts.created, created],
    [counts.changed, changed],
    [counts.gone, gone],
  ] as const
  return news.flatMap(([number, word]) => (number ? [`${count(number)} ${word}`] : [])).join(', ')
}

const EN: OperationsWords = {
  lead: (active, attention) =>
    `${active === 0 ? 'Nothing is at work' : `${active} at work`}, ${attention === 0 ? 'nothing needs somebody.' : attention === 1 ? '1 needs somebody.' : `${attention} need somebody.`}`,
  tabs: { active: 'Active', attention: 'Needs attention', all: 'All', label: 'Operations' },
  columns: {
    state: 'State',
    operation: 'Operation',
    tenant: 'Tenant',
    result: 'Progress or result',
    by: 'Started by',
    when: 'When',
  },
  caption: 'Operations, newest first',
  groups: { active: 'At work now', ended: 'Ended', movesByItself: 'moves by itself' },
  none: {
    active: { title: 'Nothing is at work', text: 'What is started appears here while it runs.' },
    attention: {
      title: 'Nothing needs somebody',
      text: 'The newest operation of every kind went well in every tenant.',
    },
    all: {
      title: 'No operations yet',
      text: 'Open a tenant and start something; every start and every blocked attempt is listed here.',
    },
  },
  newer: 'Newer',
  older: 'Older',
  pages: 'Pages',
  onlyTenant: (name) => `Only ${name}`,
  showAll: 'Show all tenants',
  queued: {
    title: 'Waits for a worker',
    text: 'It starts as soon as one is free, usually within a second. Nothing to do.',
  },
  running: {
    unit: 'read so far',
    noCount: 'Working',
    todo: 'Nothing to do. You get one notification when it ends.',
    alive: (age) => `last sign of life ${age}`,
    since: (age) => `running for ${age}`,
  },
  stopping: 'Somebody asked it to stop. The directory stays held until the work has really stopped.',
  stale:
    'Nothing was heard of it for longer than usual. If its worker is gone, it is taken up again or ended by itself.',
  cancel: 'Stop this operation',
  nothingStarted: (label) => `Nothing was started: ${label}`,
  succeeded: 'It went well',
  succeededButFound: (label) => `The check is done and found something: ${label}`,
  whatWasChecked: {
    title: 'What was checked before the start',
    lead: 'In this order; the first obstacle ends it.',
  },
  gate: {
    tenant: 'Tenant operable',
    paused: 'Operation not paused',
    frozen: 'Tenant not frozen',
    connection: 'Connection found',
    enabled: 'Connection enabled',
    directory: 'Directory matches',
    consent: 'Admin consent',
    credential: 'Credential usable',
    permissions: 'Permissions, freshly seen',
    throttle: 'No throttle window',
  },
  notLookedAt: 'not looked at',
  evidence: 'What it found',
  counts: {
    seen: 'Seen',
    created: 'New',
    changed: 'Changed',
    unchanged: 'Unchanged',
    gone: 'Gone',
    failed: 'Failed',
    checks: 'Facts checked',
    passed: 'As they should be',
    attention: 'Need somebody',
  },
  facts: {
    connection: 'Connection',
    directory: 'Directory',
    startedBy: 'Started by',
    tries: 'Tries',
    created: 'Asked for',
    started: 'Begun',
    took: 'Took',
  },
  about: 'About this operation',
  none_: 'none',
  timeline: 'Timeline',
  story: {
    admitted: 'Admitted by the gate and queued',
    claimed: 'Taken by a worker and authorised again',
    tried: 'Tried again, same reason',
    born: 'Blocked at the click; never queued, holds nothing',
    stopAsked: 'Asked to stop',
  },
  storyTried: (tries) => `${tries} tries within 15 minutes, kept in this record`,
  diagnostics: { title: 'Diagnostics', hint: 'reason code, correlation id and the facts of the decision' },
  diagnosticFacts: {
    reason: 'Reason code',
    correlation: 'Correlation id',
    identity: 'Selection',
    attempt: 'Attempt',
    facts: 'Facts of the decision',
  },
  soFar: (count) => `${count} so far`,
  result: (counts, count) => {
    if (counts.checks !== undefined)
      return `${count(counts.passed ?? 0)} of ${count(counts.checks)} facts as they should be`
    if (counts.seen === undefined) return ''
    const news = newsOf(counts, ['new', 'changed', 'gone'], count)
    return news ? `${news}, ${count(counts.seen)} seen` : `Unchanged, ${count(counts.seen)} seen`
  },
}

const DE: OperationsWords = {
  lead: (active, attention) =>
    `${active === 0 ? 'Nichts ist in Arbeit' : `${active} in Arbeit`}, ${attention === 0 ? 'nichts braucht jemanden.' : attention === 1 ? '1 braucht jemanden.' : `${attention} brauchen jemanden.`}`,
  tabs: { active: 'Aktiv', attention: 'Braucht Aufmerksamkeit', all: 'Alle', label: 'Vorgänge' },
  columns: {
    state: 'Zustand',
    operation: 'Vorgang',
    tenant: 'Mandant',
    result: 'Fortschritt oder Ergebnis',
    by: 'Gestartet von',
    when: 'Wann',
  },
  caption: 'Vorgänge, neueste zuerst',
  groups: { active: 'Gerade in Arbeit', ended: 'Beendet', movesByItself: 'geht von selbst weiter' },
  none: {
    active: { title: 'Nichts ist in Arbeit', text: 'Was gestartet wird, steht hier, solange es läuft.' },
    attention: {
      title: 'Nichts braucht jemanden',
      text: 'Der neueste Vorgang jeder Art ist in jedem Mandanten gut gegangen.',
    },
    all: {
      title: 'Noch keine Vorgänge',
      text: 'Einen Mandanten öffnen und etwas starten; jeder Start und jeder blockierte Versuch steht dann hier.',
    },
  },
  newer: 'Neuere',
  older: 'Ältere',
  pages: 'Seiten',
  onlyTenant: (name) => `Nur ${name}`,
  showAll: 'Alle Mandanten zeigen',
  queued: {
    title: 'Wartet auf einen Worker',
    text: 'Beginnt, sobald einer frei ist, meist binnen einer Sekunde. Es ist nichts zu tun.',
  },
  running: {
    unit: 'bisher gelesen',
    noCount: 'In Arbeit',
    todo: 'Es ist nichts zu tun. Am Ende folgt genau eine Benachrichtigung.',
    alive: (age) => `letztes Lebenszeichen ${age}`,
    since: (age) => `läuft seit ${age}`,
  },
  stopping:
    'Das Anhalten ist angefordert. Das Verzeichnis bleibt belegt, bis die Arbeit wirklich angehalten hat.',
  stale:
    'Länger als üblich kein Lebenszeichen. Ist der Worker fort, wird der Vorgang von selbst wieder aufgenommen oder beendet.',
  cancel: 'Diesen Vorgang anhalten',
  nothingStarted: (label) => `Nichts wurde gestartet: ${label}`,
  succeeded: 'Gut gegangen',
  succeededButFound: (label) => `Die Prüfung ist fertig und hat etwas gefunden: ${label}`,
  whatWasChecked: {
    title: 'Was vor dem Start geprüft wurde',
    lead: 'In dieser Reihenfolge; das erste Hindernis beendet die Prüfung.',
  },
  gate: {
    tenant: 'Mandant betriebsbereit',
    paused: 'Vorgang nicht pausiert',
    frozen: 'Mandant nicht eingefroren',
    connection: 'Verbindung gefunden',
    enabled: 'Verbindung aktiviert',
    directory: 'Verzeichnis stimmt überein',
    consent: 'Administratorzustimmung',
    credential: 'Anmeldeinformation brauchbar',
    permissions: 'Berechtigungen, frisch gesehen',
    throttle: 'Keine Drosselung',
  },
  notLookedAt: 'nicht angesehen',
  evidence: 'Was gefunden wurde',
  counts: {
    seen: 'Gesehen',
    created: 'Neu',
    changed: 'Geändert',
    unchanged: 'Unverändert',
    gone: 'Verschwunden',
    failed: 'Fehlgeschlagen',
    checks: 'Geprüfte Punkte',
    passed: 'In Ordnung',
    attention: 'Brauchen jemanden',
  },
  facts: {
    connection: 'Verbindung',
    directory: 'Verzeichnis',
    startedBy: 'Gestartet von',
    tries: 'Versuche',
    created: 'Angefordert',
    started: 'Begonnen',
    took: 'Dauer',
  },
  about: 'Zu diesem Vorgang',
  none_: 'keine',
  timeline: 'Verlauf',
  story: {
    admitted: 'Vom Gate zugelassen und eingereiht',
    claimed: 'Von einem Worker übernommen und erneut berechtigt',
    tried: 'Erneut versucht, selber Grund',
    born: 'Beim Klick blockiert; nie eingereiht, belegt nichts',
    stopAsked: 'Anhalten angefordert',
  },
  storyTried: (tries) => `${tries} Versuche in 15 Minuten, in diesem Eintrag zusammengefasst`,
  diagnostics: { title: 'Diagnose', hint: 'Grundcode, Korrelations-ID und die Fakten der Entscheidung' },
  diagnosticFacts: {
    reason: 'Grundcode',
    correlation: 'Korrelations-ID',
    identity: 'Auswahl',
    attempt: 'Anlauf',
    facts: 'Fakten der Entscheidung',
  },
  soFar: (count) => `bisher ${count}`,
  result: (counts, count) => {
    if (counts.checks !== undefined)
      return `${count(counts.passed ?? 0)} von ${count(counts.checks)} Punkten in Ordnung`
    if (counts.seen === undefined) return ''
    const news = newsOf(counts, ['neu', 'geändert', 'verschwunden'], count)
    return news ? `${news}, ${count(counts.seen)} gesehen` : `Unverändert, ${count(counts.seen)} gesehen`
  },
}

const WORDS: InEveryLanguage<OperationsWords> = { en: EN, de: DE }

/** The words of the operations pages in one language. */
export const operationsWords = (language: Language): OperationsWords => WORDS[language]
