import type { Child } from 'hono/jsx'

export interface TimeProps {
  at: Date
  /** The exact moment in the reader's language: "Monday 23 November 2026, 14:31:20". */
  exact: string
  /** What is read: "4 minutes ago", "14:31". */
  children: Child
}

/** A moment; the exact one is always behind the relative one. */
export const Time = ({ at, exact, children }: TimeProps) => (
  <time datetime={at.toISOString()} title={exact}>
    {children}
  </time>
)
