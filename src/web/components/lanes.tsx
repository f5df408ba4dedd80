import type { Child } from 'hono/jsx'
import { Mark, type MarkName, toneOf } from './mark.tsx'
import { toneClass } from './tone.ts'

export interface Lane {
  title: string
  /** How far it has come: "Pending, starts next". */
  state: Child
  /** Without a mark it shows its place. */
  mark?: MarkName
  /** What can be opened or done. */
  children?: Child
}

/** Work that is let in one after the other, in its order. */
export const Lanes = ({ label, lanes }: { label: string; lanes: readonly Lane[] }) => (
  <ol class="lanes" aria-label={label}>
    {lanes.map(({ children, mark, state, title }, place) => (
      <li class={`lane ${toneClass(mark ? toneOf(mark) : 'rest')}`}>
        <span class="lane-mark">{mark ? <Mark name={mark} /> : <span class="w-num">{place + 1}</span>}</span>
        <div class="min-w-0">
          <p class="font-medium">{title}</p>
          <div class="text-ui text-ink-2">{state}</div>
        </div>
        <div class="lane-right">{children}</div>
      </li>
    ))}
  </ol>
)
