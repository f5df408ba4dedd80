import { StateBadge, StateNow } from '../../web/components/index.ts'
import { type Reader, runHref, webWords } from '../../web/index.ts'
import type { RunRow } from './operations.sql.ts'
import { stateOf } from './run-state.ts'
import { resultOf } from './run-table.tsx'

/** How a run stands now, inside the answer that its start was given; asked again until it has ended. */
export const RunStateNow = ({ reader, run }: { run: RunRow; reader: Reader }) => {
  const state = stateOf(run)
  const ended = run.status === 'completed'
  const result = ended && resultOf(run, reader)
  return (
    <StateNow href={ended ? undefined : runHref(run.id)}>
      <StateBadge state={state}>{webWords(reader.language).states[state]}</StateBadge>
      {result && <span class="text-ink-2"> {result}</span>}
    </StateNow>
  )
}
