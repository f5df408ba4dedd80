import type { Child } from 'hono/jsx'
import { Mark, type MarkName, toneOf } from './mark.tsx'
import { type NextStep, NextStepItem, NextStepLink } from './next-step.tsx'
import { polling } from './swap.tsx'
import { toneClass } from './tone.ts'

export interface AnswerProps {
  kind: MarkName
  /** "Scope busy." */
  word: string
  /** One sentence; it says whether anything was started. */
  sentence: Child
  /** Who holds it, what was recorded: "Held by Operation #1849 · Operator One, since 14:28". */
  meta?: Child
  nextSteps?: readonly NextStep[]
  /** "Open operation #1849" */
  open?: { href: string; text: string }
  /** Where the state of the operation that it speaks of comes from; it follows that operation to its end. */
  follows?: string
  /** How that operation stands at this moment: "31,240 so far · last sign of life 3 seconds ago". */
  stands?: string
  /** It refuses a start, and says everything that the row's own reason says. */
  refuses?: boolean
  /** It tells how its operation ended: a reason that the row shows meanwhile has the next steps. */
  isOver?: boolean
  /** It takes the place of the answer whose button was pressed, and so its focus. */
  takesFocus?: boolean
  /** A further form, such as the start once the directory is free. */
  children?: Child
}

/** The answer to a start, in the place that asked. It stays until the next page, or until its operation ended. */
export const Answer = ({
  kind,
  word,
  sentence,
  meta,
  nextSteps = [],
  open,
  children,
  ...is
}: AnswerProps) => (
  <div
    class={`answer ${toneClass(toneOf(kind))}${is.refuses ? ' is-refusal' : ''}${is.isOver ? ' is-over' : ''}`}
    role="status"
    aria-atomic="false"
    {...(is.takesFocus && { tabindex: -1, autofocus: true })}
  >
    <Mark name={kind} />
    <div>
      <p>
        <span class="answer-word">{word}</span> {sentence}
      </p>
      {meta && <p class="sub mt-1">{meta}</p>}
      {(children || open || nextSteps.length > 0) && (
        <div class="answer-next">
          {children}
          {nextSteps.length > 0 && (
            <span class="answer-steps">
              {nextSteps.map((step) => (
                <NextStepItem step={step} />
              ))}
            </span>
          )}
          {is.follows && (
            <StateNow href={is.follows}>{is.stands && <span class="sub">{is.stands}</span>}</StateNow>
          )}
          {open && <NextStepLink href={open.href} text={open.text} />}
        </div>
      )}
    </div>
  </div>
)

interface StateNowProps {
  /** Where the state comes from. */
  href: string
  children?: Child
}

/** How the operation of an answer goes on: empty at first, then its state; once it ended, the answer is replaced. */
export const StateNow = ({ href, children }: StateNowProps) => (
  <span class="state-now" {...polling(href, 2)}>
    {children}
  </span>
)
