import type { Child } from 'hono/jsx'

/** A percentage is only measured, never guessed. */
export type ProgressState =
  | { kind: 'known'; done: number; total: number }
  | { kind: 'open' }
  | { kind: 'waiting' }

interface MeterProps {
  state: ProgressState
  /** What moves: "Groups read". */
  label: string
  large?: boolean
}

/** How many whole percent are done; 100 only when all is done. */
export const percentOf = (done: number, total: number): number =>
  total <= 0 ? 0 : Math.min(100, Math.max(0, Math.floor((done / total) * 100)))

/** The bar alone. */
export const Meter = ({ state, label, large = false }: MeterProps) => {
  const size = large ? ' meter-lg' : ''
  if (state.kind === 'waiting') return <span class={`meter meter-wait${size}`} aria-hidden="true" />
  const percent = state.kind === 'known' ? percentOf(state.done, state.total) : null
  return (
    <span
      class={`meter${percent === null ? ' meter-open' : ''}${size}`}
      role="progressbar"
      aria-label={label}
      {...(percent !== null && { 'aria-valuemin': 0, 'aria-valuemax': 100, 'aria-valuenow': percent })}
    >
      <svg aria-hidden="true">
        <rect height="100%" rx="3" width={percent === null ? '34%' : `${percent}%`} />
      </svg>
    </span>
  )
}

interface ProgressProps extends MeterProps {
  /** "31,240 of 51,204", "214 items so far", "waits for Microsoft until 14:36" */
  text: Child
  /** "3 min left" */
  detail?: Child
}

/** The bar with its words. */
export const Progress = ({ text, detail, ...meter }: ProgressProps) => (
  <div class="progress">
    <Meter {...meter} />
    <span>{text}</span>
    {detail && <span class="progress-detail">{detail}</span>}
  </div>
)

interface ProgressBoxProps {
  meter: MeterProps
  /** "31,240 of 51,204" */
  amount: string
  /** "groups read" */
  unit: string
  /** "61%"; only with a known total. */
  percent?: string
  /** The sign of life, the time left, the pace. */
  signs: readonly Child[]
  /** What there is to do: usually nothing. */
  todo: Child
  /** The form that stops it, for those who may. */
  children?: Child
}

/** The decision of a page about running work: the number, the bar, the sign of life, what to do. */
export const ProgressBox = ({ meter, amount, unit, percent, signs, todo, children }: ProgressBoxProps) => (
  <section class="box px-5 py-5 max-md:px-4">
    <div class="flex items-baseline gap-3">
      <p class="text-title font-semibold tracking-tight tnum">
        <span class="max-md:block">{amount}</span>{' '}
        <span class="font-normal text-ink-2 max-md:text-body max-md:tracking-normal">{unit}</span>
      </p>
      {percent && <p class="ml-auto text-title font-semibold tracking-tight tnum">{percent}</p>}
    </div>
    <div class="mt-3">
      <Meter {...meter} large />
    </div>
    <div class="mt-3 flex flex-wrap gap-x-5 gap-y-1 text-ui text-ink-2">
      {signs.map((sign) => (
        <span class="flex items-center gap-1.5">{sign}</span>
      ))}
    </div>
    <div class="mt-4 flex flex-wrap items-center gap-x-8 gap-y-3 border-t border-line pt-4">
      <p class="todo">{todo}</p>
      {children}
    </div>
  </section>
)
