import type { Child } from 'hono/jsx'
import { Mark } from './mark.tsx'

/** Passed, the obstacle that ended it, or not looked at because an earlier one did. */
export type GateResult = 'passed' | 'obstacle' | 'not_looked_at'

export interface GateCheck {
  result: GateResult
  /** "Credential usable" */
  name: string
  /** "client secret, ended 20 Nov 2026" */
  finding: Child
}

const RESULTS = {
  passed: { mark: 'succeeded', look: 'gate-step' },
  obstacle: { mark: 'blocked', look: 'gate-step is-stop tone-act' },
  not_looked_at: { mark: 'skipped', look: 'gate-step is-off' },
} as const

/** What was checked before a start, in order; the first obstacle ended it. */
export const GateList = ({ checks }: { checks: readonly GateCheck[] }) => (
  <ol class="gate box">
    {checks.map((check) => (
      <li class={RESULTS[check.result].look}>
        <Mark name={RESULTS[check.result].mark} />
        <p>{check.name}</p>
        <p>{check.finding}</p>
      </li>
    ))}
  </ol>
)
