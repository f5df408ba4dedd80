import type { Counts } from '../../engine/runs/index.ts'
import type { InEveryLanguage, Language } from '../../kernel/index.ts'
import { DE } from './operations.words.de.ts'
import { EN } from './operations.words.en.ts'

export interface OperationsWords {
  readonly lead: (active: number, attention: number) => string
  readonly tabs: {
    readonly active: string
    readonly attention: string
    readonly all: string
    readonly label: string
  }
  readonly columns: Readonly<
    Record<'state' | 'operation' | 'tenant' | 'result' | 'by' | 'when' | 'took', string>
  >
  readonly caption: string
  readonly groups: { readonly active: string; readonly ended: string; readonly movesByItself: string }
  readonly none: Readonly<Record<'active' | 'attention' | 'all', { title: string; text: string }>>
  readonly newer: string
  readonly older: string
  readonly pages: string
  readonly onlyTenant: (name: string) => string
  readonly showAll: string
  readonly queued: { title: string; text: string }
  readonly waits: {
    /** The state of one that waits, in a list. */
    readonly until: (time: string) => string
    readonly title: (time: string) => string
    readonly why: Readonly<Record<'throttle_window' | 'answer', string>>
    readonly since: (age: string) => string
    readonly givesUp: (time: string) => string
    readonly read: (count: string) => string
  }
  readonly running: {
    unit: string
    noCount: string
    todo: string
    alive: (age: string) => string
    since: (age: string) => string
  }
  readonly ended: {
    readonly itself: (title: string, tenant: string, id: number) => string
    readonly holder: (id: number) => string
    readonly noLongerHolds: (title: string, how: string) => string
    readonly isFree: string
  }
  readonly stopping: string
  readonly stale: string
  readonly nothingStarted: (label: string) => string
  readonly succeeded: string
  /** The state of a run that did its work and found something to be done. */
  readonly succeededWithFinding: string
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
  readonly story: Readonly<
    Record<'admitted' | 'claimed' | 'tried' | 'born' | 'stopAsked' | 'putAside', string>
  >
  readonly storyTried: (tries: number) => string
  readonly diagnostics: { title: string; hint: string }
  readonly diagnosticFacts: Readonly<
    Record<'reason' | 'correlation' | 'identity' | 'attempt' | 'fromMicrosoft' | 'facts', string>
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
  'supported',
  'directory',
  'consent',
  'credential',
  'permissions',
  'throttle',
] as const
export type GateStep = (typeof GATE_STEPS)[number]

const WORDS: InEveryLanguage<OperationsWords> = { en: EN, de: DE }

/** The words of the operations pages in one language. */
export const operationsWords = (language: Language): OperationsWords => WORDS[language]
