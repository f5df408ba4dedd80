import type { Child } from 'hono/jsx'

/** The counts of one operation in one line. */
export const Tally = ({ counts }: { counts: readonly { label: string; value: Child }[] }) => (
  <dl class="tally">
    {counts.map((count) => (
      <div>
        <dt>{count.label}</dt>
        <dd>{count.value}</dd>
      </div>
    ))}
  </dl>
)
