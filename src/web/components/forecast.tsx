import type { Child } from 'hono/jsx'
import { Mark, type MarkName, toneOf } from './mark.tsx'
import { toneClass } from './tone.ts'

/** What a click would be answered now; `running` while this very work is under way. */
export type ForecastTone = 'queues' | 'joins' | 'running' | 'busy' | 'blocked'

export interface ForecastWords {
  tone: ForecastTone
  /** "Queues now", "Blocked: permission missing" */
  text: string
  /** "usually 1 min" */
  detail?: string
}

const FORECASTS: Readonly<Record<ForecastTone, { mark: MarkName; stops: boolean }>> = {
  queues: { mark: 'accepted', stops: false },
  joins: { mark: 'deduped', stops: false },
  running: { mark: 'running', stops: true },
  busy: { mark: 'scope_busy', stops: true },
  blocked: { mark: 'blocked', stops: true },
}

/** Whether such a start would be held: then its button is dashed, and still pressable. */
export const isHeld = (tone: ForecastTone) => tone === 'busy' || tone === 'blocked'

/** The answer before the click, in the words the click would be answered with. */
export const Forecast = ({ tone, text, detail }: ForecastWords) => {
  const { mark, stops } = FORECASTS[tone]
  return (
    <span
      class={`state forecast ${toneClass(toneOf(mark))}${stops ? ' is-stop' : ''}${tone === 'queues' ? ' is-free' : ''}`}
    >
      <Mark name={mark} />
      <span>
        {text}
        {detail && <span class="forecast-detail"> · {detail}</span>}
      </span>
    </span>
  )
}

/** The same inside a sentence's list, such as the next scheduled starts: "would be blocked". */
export const ForecastNote = ({ tone, children }: { tone: ForecastTone; children: Child }) => {
  const { mark, stops } = FORECASTS[tone]
  return (
    <span class={`state forecast ${toneClass(toneOf(mark))}${stops ? ' is-stop' : ''}`}>
      <Mark name={mark} size="small" />
      <span>{children}</span>
    </span>
  )
}
