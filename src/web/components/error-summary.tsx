import { Mark } from './mark.tsx'

export interface ErrorSummaryProps {
  title: string
  /** Each leads to its field; one without a field concerns the whole form. */
  errors: readonly { text: string; field?: string }[]
}

/** What is wrong with a form that was sent, above it; takes the focus. */
export const ErrorSummary = ({ title, errors }: ErrorSummaryProps) => (
  <div class="errors tone-broken" role="alert" tabindex={-1} autofocus>
    <Mark name="failed" />
    <div>
      <p class="font-semibold">{title}</p>
      <ul>
        {errors.map((error) => (
          <li>{error.field ? <a href={`#${error.field}`}>{error.text}</a> : error.text}</li>
        ))}
      </ul>
    </div>
  </div>
)
