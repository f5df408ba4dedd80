import type { Child } from 'hono/jsx'
import { Button } from './button.tsx'

interface StartButtonProps {
  /** Unique on its page. The answer goes into `#{id}-answer`. */
  id: string
  /** Where the start is posted. */
  href: string
  children: Child
}

/** A start outside a list of starts: a real form, whose answer is swapped in below it where there is a script. */
export const StartButton = ({ children, href, id }: StartButtonProps) => (
  <>
    <form
      method="post"
      action={href}
      hx-post={href}
      hx-target={`#${id}-answer`}
      hx-swap="innerHTML"
      hx-sync="this:drop"
    >
      <Button id={id}>{children}</Button>
    </form>
    <div id={`${id}-answer`} class="basis-full order-last" aria-live="polite" />
  </>
)
