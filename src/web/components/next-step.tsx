import { Icon } from '../look/index.ts'

/** A link to where it can be mended, or a sentence when this reader can only ask somebody or wait. */
export type NextStep =
  | { kind: 'link'; text: string; href: string; away?: boolean }
  | { kind: 'sentence'; text: string }

interface LinkProps {
  href: string
  text: string
  /** Leads to another site, such as Microsoft's consent page. */
  away?: boolean
}

/** A link that leads on, with its arrow. Never a side effect. */
export const NextStepLink = ({ href, text, away = false }: LinkProps) => (
  <a class="next" href={href} rel={away ? 'noreferrer' : undefined}>
    {text}
    <Icon name="arrow" />
  </a>
)

/** One next step in the form its kind asks for. */
export const NextStepItem = ({ step }: { step: NextStep }) =>
  step.kind === 'link' ? (
    <NextStepLink href={step.href} text={step.text} away={step.away ?? false} />
  ) : (
    <span class="text-ui text-ink-2">{step.text}</span>
  )
