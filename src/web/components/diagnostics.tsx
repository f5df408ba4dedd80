import { Icon } from '../look/index.ts'
import { type Fact, Facts } from './facts.tsx'

export interface DiagnosticsProps {
  title: string
  /** What is inside: "reason code, correlation id and the facts of the decision". */
  hint?: string
  facts: readonly Fact[]
}

/** Codes and ids: closed by default, last on the page. */
export const Diagnostics = ({ title, hint, facts }: DiagnosticsProps) => (
  <details class="fold box part">
    <summary>
      <span class="chev">
        <Icon name="right" />
      </span>
      <span class="font-medium">{title}</span>
      {hint && <span class="fold-hint">{hint}</span>}
    </summary>
    <div class="fold-body">
      <Facts facts={facts} />
    </div>
  </details>
)
