import type { Child } from 'hono/jsx'
import { Mark, type MarkName, toneOf } from './mark.tsx'
import { type NextStep, NextStepItem } from './next-step.tsx'
import { toneClass } from './tone.ts'

export interface ReasonCalloutProps {
  id?: string
  /** The obstacle by default. */
  mark?: MarkName
  /** The decision of a whole page is large; beside a row it is not. */
  size?: 'usual' | 'large'
  title: string
  why: Child
  nextSteps?: readonly NextStep[]
  /** Numbered steps, buttons or a form instead of links. */
  children?: Child
}

/** One shape for every reason, on every page: title, why, next steps. */
export const ReasonCallout = ({
  id,
  mark = 'blocked',
  size = 'usual',
  title,
  why,
  nextSteps = [],
  children,
}: ReasonCalloutProps) => (
  <div class={`reason ${toneClass(toneOf(mark))}${size === 'large' ? ' reason-lg' : ''}`} id={id}>
    <Mark name={mark} />
    <div>
      <p class="reason-title">{title}</p>
      <p class="reason-why">{why}</p>
      {nextSteps.length > 0 && (
        <div class="reason-next">
          {nextSteps.map((step) => (
            <NextStepItem step={step} />
          ))}
        </div>
      )}
      {children}
    </div>
  </div>
)
