import type { RunEventKind } from '../../engine/runs/index.ts'
import type { InEveryLanguage, Language } from '../../kernel/index.ts'
import { DE } from './operations.words.de.ts'
import { EN } from './operations.words.en.ts'
import type { ResultWords } from './result-of.ts'

/** Why a run waits in nobody's hands. */
export type WaitKind = Extract<RunEventKind, `waits_${string}`>

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
  readonly queued: {
    title: string
    text: string
    /** How many are ahead of it. */
    ahead: (count: string, exactly: boolean) => string
  }
  /** "Attempt 2 of 3": an attempt that came no further is followed by another, so many in all. */
  readonly attempt: (attempt: number, of: number) => string
  readonly waits: {
    /** The state of one that waits, in a list. */
    readonly until: (time: string) => string
    readonly title: (time: string) => string
    readonly why: Readonly<Record<WaitKind, string>>
    /** How often it was put aside since it last got further. */
    readonly times: (count: string) => string
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
    Record<'connection' | 'protectedScope' | 'startedBy' | 'tries' | 'created' | 'started' | 'took', string>
  >
  /** Which directory a run protects while it is at work: only one may work on it at a time. */
  readonly directoryOf: (tenant: string) => string
  readonly about: string
  readonly none_: string
  readonly timeline: string
  readonly story: Readonly<
    Record<'admitted' | 'tried' | 'born' | 'stopAsked' | 'claimedAgain' | RunEventKind, string>
  >
  readonly storyTimes: (count: string, since: string) => string
  readonly storyWaited: (until: string) => string
  readonly storyTried: (tries: number) => string
  readonly diagnostics: { title: string; hint: string }
  readonly diagnosticFacts: Readonly<
    Record<'reason' | 'correlation' | 'identity' | 'attempt' | 'fromMicrosoft' | 'facts', string>
  >
  readonly soFar: (count: string) => string
  readonly result: ResultWords
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
