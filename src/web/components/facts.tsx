import type { Child } from 'hono/jsx'

export interface Fact {
  label: string
  value: Child
  /** "pinned at the start" */
  detail?: Child
}

/** Facts with their names. */
export const Facts = ({ facts }: { facts: readonly Fact[] }) => (
  <dl class="facts">
    {facts.map((fact) => (
      <div>
        <dt>{fact.label}</dt>
        <dd>
          {fact.value}
          {fact.detail && <span class="sub block">{fact.detail}</span>}
        </dd>
      </div>
    ))}
  </dl>
)
