import type { Child } from 'hono/jsx'
import { Mark, type MarkName, toneOf } from './mark.tsx'
import { toneClass } from './tone.ts'

export interface WizardStep {
  title: string
  /** The state in a word or a fact: "Own app, certificate". */
  note: string
  /** Without a mark the step shows its number. */
  mark?: MarkName
  /** Where it is looked at; a step that is not open yet leads nowhere. */
  href?: string
  current: boolean
}

interface WizardProps {
  label: string
  steps: readonly WizardStep[]
  children: Child
}

/** Steps in their order, and beside them the one that is shown. */
export const Wizard = ({ children, label, steps }: WizardProps) => (
  <div class="wizard mt-6">
    <ol class="w-steps" aria-label={label}>
      {steps.map((step, place) => (
        <Step {...step} number={place + 1} />
      ))}
    </ol>
    <div class="min-w-0">{children}</div>
  </div>
)

const Step = ({ current, href, number, ...step }: WizardStep & { number: number }) => (
  <li
    class={`w-step ${toneClass(step.mark ? toneOf(step.mark) : 'rest')}`}
    aria-current={current ? 'step' : undefined}
  >
    {href === undefined ? (
      <span>
        <StepBody {...step} number={number} />
      </span>
    ) : (
      <a href={href}>
        <StepBody {...step} number={number} />
      </a>
    )}
  </li>
)

const StepBody = ({
  mark,
  note,
  number,
  title,
}: Omit<WizardStep, 'current' | 'href'> & { number: number }) => (
  <>
    <span class="w-mark">{mark ? <Mark name={mark} /> : <span class="w-num">{number}</span>}</span>
    <span class="w-title">{title}</span>
    <span class="sub">{note}</span>
  </>
)
