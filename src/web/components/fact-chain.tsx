import type { Child } from 'hono/jsx'
import { Mark, type MarkName } from './mark.tsx'

export interface ChainFact {
  /** "Consent" */
  label: string
  mark: MarkName
  /** "Granted" */
  value: Child
  /** "3 Sep 2026" */
  detail?: Child
}

/** The readiness facts of a tenant, in the order the gate looks at them. */
export const FactChain = ({ facts }: { facts: readonly ChainFact[] }) => (
  <dl class="chain box">
    {facts.map((fact) => (
      <div>
        <dt class="sub">{fact.label}</dt>
        <dd>
          <Mark name={fact.mark} />
          <span>
            <span class="font-medium">{fact.value}</span>
            {fact.detail && <span class="sub block">{fact.detail}</span>}
          </span>
        </dd>
      </div>
    ))}
  </dl>
)
