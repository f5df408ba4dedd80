import type { Child } from 'hono/jsx'

export interface ProblemProps {
  /** The HTTP status, small. */
  status?: number
  title: string
  /** What is so, and whether anything was started. */
  text: Child
  /** What to do now. */
  children?: Child
}

/** What went wrong, without an apology and never as a dead end. */
export const Problem = ({ status, title, text, children }: ProblemProps) => (
  <div>
    {status && <p class="mono text-ui text-ink-3">{status}</p>}
    <h1 class="mt-2 !text-[1.0625rem] !leading-6">{title}</h1>
    <p class="mt-1.5 text-ink-2 max-w-[62ch]">{text}</p>
    {children && <div class="mt-4 flex flex-wrap items-center gap-x-4 gap-y-2">{children}</div>}
  </div>
)
