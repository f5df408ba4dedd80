import type { Child } from 'hono/jsx'

export interface EmptyStateProps {
  /** What is so. */
  title: string
  /** Why. */
  text: Child
  /** One action. */
  children?: Child
}

/** Nothing to show: what is so, why, one action. */
export const EmptyState = ({ title, text, children }: EmptyStateProps) => (
  <div class="empty">
    <h2>{title}</h2>
    <p>{text}</p>
    {children && <div class="mt-2">{children}</div>}
  </div>
)
