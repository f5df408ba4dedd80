import type { Child } from 'hono/jsx'
import { Mark, type MarkName } from './mark.tsx'
import { type Tone, toneClass } from './tone.ts'

interface BadgeProps {
  tone?: Tone
  mark?: MarkName
  children: Child
}

/** A fact beside a state ("Likely stale", "new since 14:11"); never a state by itself. */
export const Badge = ({ tone, mark, children }: BadgeProps) => (
  <span class={tone ? `badge ${toneClass(tone)}` : 'badge'}>
    {mark && <Mark name={mark} size="small" />}
    {children}
  </span>
)
