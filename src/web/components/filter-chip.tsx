import type { Child } from 'hono/jsx'
import { Mark, type MarkName } from './mark.tsx'

export interface FilterChipProps {
  href: string
  label: string
  /** How many it would leave. */
  count?: Child
  mark?: MarkName
  on?: boolean
}

/** Narrows a list; a link with its state in the address. */
const FilterChip = ({ href, label, count, mark, on = false }: FilterChipProps) => (
  <a class="chip" href={href} {...(on && { 'data-on': '', 'aria-current': 'true' })}>
    {mark && <Mark name={mark} size="small" />}
    {on ? <b>{label}</b> : label} {count}
  </a>
)

interface FilterBarProps {
  /** "Show tenants" */
  label: string
  chips: readonly FilterChipProps[]
  /** How fresh the list is. */
  freshness?: Child
}

export const FilterBar = ({ label, chips, freshness }: FilterBarProps) => (
  <div class="filters">
    <nav class="strip" aria-label={label}>
      {chips.map((chip) => (
        <FilterChip {...chip} />
      ))}
    </nav>
    {freshness && <p class="sub">{freshness}</p>}
  </div>
)
