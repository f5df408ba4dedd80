import type { InEveryLanguage, Language } from '../../kernel/index.ts'
import { type Kept, RETENTION_BOUNDS } from '../retention/index.ts'
import type { WorkspaceField, WorkspaceFlaw } from './workspace-input.ts'

type Bounds = { readonly least: number; readonly most: number }

interface WorkspaceWords {
  readonly title: string
  readonly settings: string
  readonly lead: string
  readonly name: string
  readonly keptTitle: string
  readonly kept: Readonly<Record<Kept, { label: string; short: string; hint: string }>>
  readonly bounds: (bounds: Bounds) => string
  readonly days: (days: number) => string
  readonly alsoKept: string
  readonly save: string
  readonly saved: string
  readonly cancel: string
  readonly notAllowed: (roles: string) => string
  readonly wrong: string
  readonly flawOf: (field: WorkspaceField, flaw: WorkspaceFlaw) => string
  readonly confirmMissing: string
  readonly moreThan: (count: string) => string
  readonly shorten: {
    readonly title: string
    readonly lead: string
    readonly what: string
    readonly change: (what: string, before: number, after: number) => string
    readonly tick: string
    readonly button: string
  }
}

const EN: WorkspaceWords = {
  title: 'Workspace',
  settings: 'Settings',
  lead: 'What it is called, and for how long it keeps its records. What is older is removed every night.',
  name: 'Name',
  keptTitle: 'For how long records are kept',
  kept: {
    operations: {
      label: 'Keep operations for days',
      short: 'Operations',
      hint: 'With their verification reports. The last success of its kind and the last check of a connection stay.',
    },
    audit: {
      label: 'Keep audit records for days',
      short: 'Audit records',
      hint: 'At least as long as operations; the records of an operation stay as long as it does.',
    },
    notifications: {
      label: 'Keep notifications for days',
      short: 'Notifications',
      hint: 'Read or not.',
    },
    directory: {
      label: 'Keep what is gone from a directory for days',
      short: 'What is gone from a directory',
      hint: 'Groups, role definitions, policies and devices, counted from when they were found gone. Archived tenants keep them.',
    },
    compliance: {
      label: 'Keep compliance snapshots for days',
      short: 'Compliance snapshots',
      hint: 'With what became of the states of devices. The newest of each tenant stays, and all of archived tenants.',
    },
  },
  bounds: ({ least, most }) => `From ${least} to ${most}.`,
  days: (days) => `${days} days`,
  alsoKept:
    'Answers to repeated requests (Idempotency-Key) are kept for 24 hours everywhere. Operations under way are never removed.',
  save: 'Save',
  saved: 'Saved',
  cancel: 'Cancel',
  notAllowed: (roles) => `Changing this takes a role for all tenants that includes it. Ask: ${roles}.`,
  wrong: 'Nothing was changed: some fields are not right',
  flawOf: (field, flaw) => {
    if (flaw === 'name_wrong' || field === 'name') return 'Give the workspace a name of 1 to 200 characters.'
    if (flaw === 'audit_before_operations')
      return 'Audit records have to be kept at least as long as operations.'
    const { least, most } = RETENTION_BOUNDS[field]
    return `${EN.kept[field].short}: give a number of days from ${least} to ${most}.`
  },
  confirmMissing:
    'Records that are still there would be removed. Send "confirm": "yes" along when that is meant.',
  moreThan: (count) => `more than ${count}`,
  shorten: {
    title: 'Keep records for a shorter time',
    lead: 'What is older than that is removed in the next night, and nobody can bring it back.',
    what: 'Older than they would be kept',
    change: (what, before, after) => `${what}: ${after} days instead of ${before}`,
    tick: 'These records may be removed for good.',
    button: 'Keep them for a shorter time',
  },
}

const DE: WorkspaceWords = {
  title: 'Arbeitsbereich',
  settings: 'Einstellungen',
  lead: 'Wie er heißt und wie lange er seine Aufzeichnungen behält. Was älter ist, wird jede Nacht entfernt.',
  name: 'Name',
  keptTitle: 'Wie lange Aufzeichnungen bleiben',
  kept: {
    operations: {
      label: 'Vorgänge behalten, in Tagen',
      short: 'Vorgänge',
      hint: 'Mit ihren Prüfberichten. Der letzte Erfolg jeder Art und die letzte Prüfung einer Verbindung bleiben.',
    },
    audit: {
      label: 'Audit-Einträge behalten, in Tagen',
      short: 'Audit-Einträge',
      hint: 'Mindestens so lange wie Vorgänge; die Einträge eines Vorgangs bleiben so lange wie er selbst.',
    },
    notifications: {
      label: 'Benachrichtigungen behalten, in Tagen',
      short: 'Benachrich\u00adtigungen',
      hint: 'Ob gelesen oder nicht.',
    },
    directory: {
      label: 'Aus einem Verzeichnis Verschwundenes behalten, in Tagen',
      short: 'Verschwundenes',
      hint: 'Gruppen, Rollendefinitionen, Richtlinien und Geräte, gezählt ab dem Tag, an dem sie als verschwunden galten. Archivierte Mandanten behalten sie.',
    },
    compliance: {
      label: 'Konformitätsstände behalten, in Tagen',
      short: 'Konformitätsstände',
      hint: 'Mit den Änderungen am Status der Geräte. Der neueste jedes Mandanten bleibt, und in archivierten Mandanten jeder.',
    },
  },
  bounds: ({ least, most }) => `Von ${least} bis ${most}.`,
  days: (days) => `${days} Tage`,
  alsoKept:
    'Antworten auf wiederholte Anfragen (Idempotency-Key) bleiben überall 24 Stunden. Vorgänge in Arbeit werden nie entfernt.',
  save: 'Speichern',
  saved: 'Gespeichert',
  cancel: 'Abbrechen',
  notAllowed: (roles) =>
    `Diese Änderung setzt eine passende Rolle für alle Mandanten voraus. Möglich für: ${roles}.`,
  wrong: 'Es wurde nichts geändert: Einige Felder stimmen nicht',
  flawOf: (field, flaw) => {
    if (flaw === 'name_wrong' || field === 'name')
      return 'Bitte dem Arbeitsbereich einen Namen mit 1 bis 200 Zeichen geben.'
    if (flaw === 'audit_before_operations')
      return 'Audit-Einträge müssen mindestens so lange bleiben wie Vorgänge.'
    const { least, most } = RETENTION_BOUNDS[field]
    return `${DE.kept[field].short}: Bitte eine Zahl von ${least} bis ${most} angeben.`
  },
  confirmMissing:
    'Dabei würden vorhandene Aufzeichnungen entfernt. Ist das gemeint, bitte "confirm": "yes" mitsenden.',
  moreThan: (count) => `mehr als ${count}`,
  shorten: {
    title: 'Aufzeichnungen kürzer behalten',
    lead: 'Was älter ist, wird in der nächsten Nacht entfernt und lässt sich nicht zurückholen.',
    what: 'Älter, als sie dann bleiben',
    change: (what, before, after) => `${what}: ${after} statt ${before} Tage`,
    tick: 'Diese Aufzeichnungen dürfen endgültig entfernt werden.',
    button: 'Kürzer behalten',
  },
}

const WORDS: InEveryLanguage<WorkspaceWords> = { en: EN, de: DE }

/** The words of the workspace's settings in one language. */
export const workspaceWords = (language: Language): WorkspaceWords => WORDS[language]
