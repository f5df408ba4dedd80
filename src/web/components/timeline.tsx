import type { Child } from 'hono/jsx'
import { Mark, type MarkName } from './mark.tsx'
import { Time, type TimeProps } from './time.tsx'

export interface TimelineEntry {
  time: TimeProps
  /** Only where the state changed or it waited; a dot elsewhere. */
  mark?: MarkName
  title: Child
  detail?: Child
}

/** What happened, newest first. */
export const Timeline = ({ entries }: { entries: readonly TimelineEntry[] }) => (
  <ol class="story">
    {entries.map((entry) => (
      <li>
        <Time {...entry.time} />
        {entry.mark ? (
          <span class="mark-at">
            <Mark name={entry.mark} />
          </span>
        ) : (
          <span class="dot" />
        )}
        <div>
          <p class={entry.mark ? 'font-medium' : undefined}>{entry.title}</p>
          {entry.detail && <p class="text-ink-3">{entry.detail}</p>}
        </div>
      </li>
    ))}
  </ol>
)
