import type { Child } from 'hono/jsx'
import { LinkButton } from './button.tsx'

export interface StepToDo {
  title: string
  detail?: Child
  /** Only the first step carries a button. */
  button?: { href: string; text: string }
}

/** More than one next step, in order. */
export const StepsToDo = ({ steps }: { steps: readonly StepToDo[] }) => (
  <ol class="steps-do">
    {steps.map((step) => (
      <li>
        <div>
          <p class="font-medium">{step.title}</p>
          {step.detail && <p class="text-ink-2">{step.detail}</p>}
        </div>
        {step.button && (
          <LinkButton href={step.button.href} look="primary">
            {step.button.text}
          </LinkButton>
        )}
      </li>
    ))}
  </ol>
)
