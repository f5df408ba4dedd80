import { newsOf } from './news-of.ts'
import type { OperationsWords } from './operations.words.ts'

/** The words of the operations pages in German. */
export const DE: OperationsWords = {
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
    took: 'Dauer',
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
  waits: {
    until: (time) => `auf Microsoft bis ${time}`,
    title: (time) => `Wartet auf Microsoft bis ${time}`,
    why: {
      throttle_window:
        'Microsoft hat um eine Pause bei Anfragen an diesen Mandanten gebeten. Bis dahin wird nichts gesendet; danach geht der Vorgang von selbst dort weiter, wo er stehen geblieben ist.',
      answer:
        'Microsoft war nicht erreichbar, oder der Dienst hatte eine Störung. Der Vorgang versucht es dann von selbst wieder, ab der Stelle, an der er stehen geblieben ist.',
    },
    since: (age) => `steht seit ${age}`,
    givesUp: (time) => `Es ist nichts zu tun. Er gibt auf, wenn er bis ${time} nicht weiterkommt.`,
    read: (count) => `bisher ${count} gelesen`,
  },
  running: {
    unit: 'bisher gelesen',
    noCount: 'In Arbeit',
    todo: 'Es ist nichts zu tun. Am Ende folgt genau eine Benachrichtigung.',
    alive: (age) => `letztes Lebenszeichen ${age}`,
    since: (age) => `läuft seit ${age}`,
  },
  ended: {
    itself: (title, tenant, id) => `„${title}“ in ${tenant} ist beendet; es war Vorgang #${id}.`,
    holder: (id) => `Vorgang #${id} ist beendet.`,
    noLongerHolds: (title, how) => `„${title}“ belegt das Verzeichnis nicht mehr: ${how}.`,
    isFree: 'Das Verzeichnis ist wieder frei.',
  },
  stopping: 'Das Verzeichnis bleibt belegt, bis die Arbeit wirklich angehalten hat.',
  stale:
    'Länger als üblich kein Lebenszeichen. Ist der Worker fort, wird der Vorgang von selbst wieder aufgenommen oder beendet.',
  nothingStarted: (label) => `Nichts wurde gestartet: ${label}`,
  succeeded: 'Gut gegangen',
  succeededWithFinding: 'Fertig, mit Befund',
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
    supported: 'Vorgang verfügbar',
    directory: 'Verzeichnis stimmt überein',
    consent: 'Administratorzustimmung',
    credential: 'Anmeldeinformationen brauchbar',
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
    putAside: 'Aufgehalten; wartet',
  },
  storyTried: (tries) => `${tries} Versuche in 15 Minuten, in diesem Eintrag zusammengefasst`,
  diagnostics: { title: 'Diagnose', hint: 'Grundcode, Korrelations-ID und die Fakten der Entscheidung' },
  diagnosticFacts: {
    reason: 'Grundcode',
    correlation: 'Korrelations-ID',
    identity: 'Auswahl',
    attempt: 'Anlauf',
    fromMicrosoft: 'Von Microsoft',
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
