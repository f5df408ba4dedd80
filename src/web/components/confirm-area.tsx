import type { Child } from 'hono/jsx'
import { Button } from './button.tsx'
import { TextField, TickField } from './field.tsx'
import { Forecast, type ForecastWords } from './forecast.tsx'
import { HiddenFields, type HiddenValues } from './hidden-fields.tsx'
import { Mark, type MarkName } from './mark.tsx'

export interface ConfirmAreaProps {
  id: string
  title: string
  /** What would happen, in sums. */
  sums?: readonly { label: string; value: Child; mark?: MarkName; off?: boolean }[]
  href: string
  hidden?: HiddenValues
  tick?: { name: string; label: Child; error?: string }
  typed?: { name: string; label: string; hint?: string; value?: string; error?: string }
  /** One red button with the count in its label. */
  button: string
  /** Overwrites something: red. Otherwise the filled blue. */
  overwrites?: boolean
  forecast?: ForecastWords
}

/** Sums, a tick, a typed name, one button; it stands in the page, not over it. */
export const ConfirmArea = ({
  id,
  title,
  sums = [],
  href,
  hidden,
  tick,
  typed,
  button,
  overwrites = false,
  forecast,
}: ConfirmAreaProps) => (
  <form class="confirm box" method="post" action={href} aria-labelledby={`${id}-title`} id={id}>
    <HiddenFields {...(hidden && { values: hidden })} />
    <h2 id={`${id}-title`}>{title}</h2>
    {sums.length > 0 && (
      <dl class="sums">
        {sums.map((sum) => (
          <div class={sum.off ? 'is-off' : undefined}>
            <dt>
              {sum.mark && <Mark name={sum.mark} />}
              {sum.label}
            </dt>
            <dd>{sum.value}</dd>
          </div>
        ))}
      </dl>
    )}
    {tick && <TickField id={`${id}-tick`} required {...tick} />}
    {typed && <TextField id={`${id}-typed`} required autocomplete="off" spellcheck={false} {...typed} />}
    <Button look={overwrites ? 'danger' : 'primary'}>{button}</Button>
    {forecast && <Forecast {...forecast} />}
  </form>
)
