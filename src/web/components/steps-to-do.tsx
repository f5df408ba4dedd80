import type { Child } from 'hono/jsx'
import { LinkButton } from './button.tsx'
import { NextStepLink } from './next-step.tsx'

export interface StepToDo {
  title: string
  detail?: Child
  /** Only the first step carries a button. */
  button?: { href: string; text: string }
  /** Where a later step is taken; without a place it is somebody to ask, or time that passes. */
  href?: string
}

/** More than one next step, in order. */
export const StepsToDo = ({ steps }: { steps: readonly StepToDo[] }) => (
  <ol class="steps-do">
    {steps.map(({ button, detail, href, title }) => (
      <li>
        <div>
          {href !== undefined ? (
            <NextStepLink href={href} text={title} />
          ) : (
            <p class="font-medium">{title}</p>
          )}
          {detail && <p class="text-ink-2">{detail}</p>}
        </div>
        {button && (
          <LinkButton href={button.href} look="primary">
            {button.text}
          </LinkButton>
        )}
      </li>
    ))}
  </ol>
)
