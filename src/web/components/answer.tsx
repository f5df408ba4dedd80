import type { Child } from 'hono/jsx'
import { type AnswerKind, Mark, toneOf } from './mark.tsx'
import { type NextStep, NextStepItem, NextStepLink } from './next-step.tsx'
import { polling } from './swap.tsx'
import { toneClass } from './tone.ts'

export interface AnswerProps {
  kind: AnswerKind
  /** "Scope busy." */
  word: string
  /** One sentence; it says whether anything was started. */
  sentence: Child
  /** Who holds it, what was recorded: "Held by Operation #1849 · Operator One, since 14:28". */
  meta?: Child
  nextSteps?: readonly NextStep[]
  /** "Open operation #1849" */
  open?: { href: string; text: string }
  /** A further form, such as "Start when it is free". */
  children?: Child
}

/** The answer to a start, in the place that asked. It stays until the next page. */
export const Answer = ({ kind, word, sentence, meta, nextSteps = [], open, children }: AnswerProps) => (
  <div class={`answer ${toneClass(toneOf(kind))}`} role="status" aria-atomic="false">
    <Mark name={kind} />
    <div>
      <p>
        <span class="answer-word">{word}</span> {sentence}
      </p>
      {meta && <p class="sub mt-1">{meta}</p>}
      {(children || open || nextSteps.length > 0) && (
        <div class="answer-next">
          {children}
          {nextSteps.map((step) => (
            <NextStepItem step={step} />
          ))}
          {open && kind !== 'blocked' && <StateNow href={open.href} />}
          {open && <NextStepLink href={open.href} text={open.text} />}
        </div>
      )}
    </div>
  </div>
)

interface StateNowProps {
  /** The operation that the answer speaks of; left out once it has ended. */
  href: string | undefined
  children?: Child
}

/** How the operation of an answer goes on: empty at first, then its state, as long as it has not ended. */
export const StateNow = ({ href, children }: StateNowProps) => (
  <span class="state-now" {...polling(href && `${href}?part=state`, 2)}>
    {children}
  </span>
)
