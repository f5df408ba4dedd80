import type { Child } from 'hono/jsx'
import { Badge } from './badge.tsx'
import { Mark, type MarkName, toneOf } from './mark.tsx'
import { type NextStep, NextStepItem } from './next-step.tsx'
import { toneClass } from './tone.ts'

export type CheckResult = 'passed' | 'missing' | 'failed' | 'warning' | 'skipped'

const RESULTS: Readonly<Record<CheckResult, { mark: MarkName; stops: boolean }>> = {
  passed: { mark: 'succeeded', stops: false },
  missing: { mark: 'blocked', stops: true },
  failed: { mark: 'failed', stops: true },
  warning: { mark: 'check_first', stops: true },
  skipped: { mark: 'skipped', stops: false },
}

export interface ReportCheck {
  result: CheckResult
  name: string
  /** The name is a permission or another code. */
  code?: boolean
  /** What it is needed for, or what was found. */
  usedFor?: Child
  /** The result as a word: "Granted", "Missing". */
  word: string
  /** "new since 14:11" */
  news?: string
  remedy?: { text: Child; nextSteps?: readonly NextStep[]; more?: Child }
}

/** The checks of a verification; the remedy opens inside the row that failed. */
export const Report = ({ checks }: { checks: readonly ReportCheck[] }) => (
  <ul class="reps">
    {checks.map((check) => (
      <ReportRow {...check} />
    ))}
  </ul>
)

const ReportRow = ({ result, name, code = false, usedFor, word, news, remedy }: ReportCheck) => {
  const { mark, stops } = RESULTS[result]
  return (
    <li class={`rep ${toneClass(toneOf(mark))}`}>
      <Mark name={mark} />
      <p class="rep-name">{code ? <BreakableCode text={name} /> : name}</p>
      <p class="rep-use">{usedFor}</p>
      <p class={stops ? 'rep-res is-stop' : 'rep-res'}>
        {news && <Badge tone="live">{news}</Badge>}
        {word}
      </p>
      {remedy && (
        <div class="rep-more">
          <p>{remedy.text}</p>
          <div class="rep-next">
            {(remedy.nextSteps ?? []).map((step) => (
              <NextStepItem step={step} />
            ))}
            {remedy.more}
          </div>
        </div>
      )}
    </li>
  )
}

/** A dotted code that may break after its dots. */
const BreakableCode = ({ text }: { text: string }) => (
  <code>
    {text.split('.').map((part, at) =>
      at === 0 ? (
        part
      ) : (
        <>
          .<wbr />
          {part}
        </>
      ),
    )}
  </code>
)
