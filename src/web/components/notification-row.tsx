import type { Child } from 'hono/jsx'
import { Mark, type StateName } from './mark.tsx'
import { Time, type TimeProps } from './time.tsx'

export interface NotificationRowProps {
  state: StateName
  /** "Sync groups in Northwind Traders succeeded" */
  title: string
  /** Opens the operation. */
  href: string
  text?: Child
  time: TimeProps
  /** The word for those who do not see the dot; absent once read. */
  unread?: string
  /** The form that marks it read. */
  children?: Child
}

/** The list of what ended, one entry per run. */
export const NotificationList = ({ children }: { children: Child }) => <ul>{children}</ul>

export const NotificationRow = ({
  state,
  title,
  href,
  text,
  time,
  unread,
  children,
}: NotificationRowProps) => (
  <li class={unread ? 'letter is-unread' : 'letter'}>
    <Mark name={state} />
    <p class="letter-title">
      <a class="hover:underline underline-offset-3" href={href}>
        {title}
      </a>
      {unread && <span class="sr-only">, {unread}</span>}
    </p>
    <div class="letter-end">
      <Time {...time} />
      {unread && <span class="new-dot" aria-hidden="true" />}
      {children}
    </div>
    {text && <div class="letter-text">{text}</div>}
  </li>
)
