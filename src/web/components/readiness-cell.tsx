import { Mark, type StateName } from './mark.tsx'
import { type NextStep, NextStepItem } from './next-step.tsx'

export interface ReadinessCellProps {
  state: StateName
  /** The reason is the headline, not the word "blocked": "Client secret expired". */
  headline: string
  /** "3 days ago" */
  detail?: string
  nextStep?: NextStep
}

/** The readiness of a tenant in a list, with the next step in the row. */
export const ReadinessCell = ({ state, headline, detail, nextStep }: ReadinessCellProps) => (
  <div class="ready-cell">
    <Mark name={state} />
    <div>
      <p>
        <span class="ready-why">{headline}</span>
        {detail && <span class="ready-detail"> · {detail}</span>}
      </p>
      {nextStep && (
        <p>
          <NextStepItem step={nextStep} />
        </p>
      )}
    </div>
  </div>
)

export interface Age {
  /** "Groups" */
  label: string
  /** "9 d" */
  value: string
  /** Older than its schedule. */
  old?: boolean
}

/** The last success of each operation, as ages in fixed columns. */
export const Ages = ({ ages }: { ages: readonly Age[] }) => (
  <dl class="ages">
    {ages.map((age) => (
      <div>
        <dt>{age.label}</dt>
        <dd class={age.old ? 'is-old' : undefined}>{age.value}</dd>
      </div>
    ))}
  </dl>
)

/** The column head that belongs to `Ages`. */
export const AgesHead = ({ title, labels }: { title: string; labels: readonly string[] }) => (
  <>
    <span class="mb-1 block text-right">{title}</span>
    <span class="ages" aria-hidden="true">
      {labels.map((label) => (
        <span>{label}</span>
      ))}
    </span>
  </>
)
