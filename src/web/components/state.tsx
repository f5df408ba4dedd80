import type { Child } from 'hono/jsx'
import { Mark, type StateName, toneOf } from './mark.tsx'
import { toneClass } from './tone.ts'

interface StateProps {
  state: StateName
  /** The state's word, in the reader's language. */
  children: Child
}

/** A state in a table or a list: glyph and word. */
export const StateBadge = ({ state, children }: StateProps) => (
  <span class={`state ${toneClass(toneOf(state))}`}>
    <Mark name={state} />
    <span>{children}</span>
  </span>
)

/** The same beside a page's title, once per page. */
export const StatePill = ({ state, children }: StateProps) => (
  <span class={`state-pill ${toneClass(toneOf(state))}`}>
    <Mark name={state} />
    {children}
  </span>
)
