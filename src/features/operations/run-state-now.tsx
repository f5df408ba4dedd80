import { definitionOf, type OperationCode } from '../../engine/catalog/index.ts'
import { parseReason, wordsFor } from '../../engine/reasons/index.ts'
import { Answer, type NextStep, StartAgain, StateBadge, StateNow } from '../../web/components/index.ts'
import { type Reader, runHref, signsOf, startRowId, webWords } from '../../web/index.ts'
import { takenOverWords, type VerificationReport } from '../connections/index.ts'
import type { RunDetail } from './operations.sql.ts'
import { operationsWords } from './operations.words.ts'
import { resultOf } from './result-of.ts'
import { stateOf, waitOf } from './run-state.ts'
import { stepsOf } from './wire-run.ts'

interface FollowedProps {
  run: RunDetail
  /** The operation whose start was held by this run; null where the answer speaks of the run itself. */
  wanted: OperationCode | null
  reader: Reader
}

/** How a run stands now, inside the answer that its start was given; asked again until it has ended. */
export const RunStateNow = ({ reader, run, wanted }: FollowedProps) => {
  const state = stateOf(run)
  const until = waitOf(run)?.until
  const signs = signsOf(
    { heartbeatAt: run.heartbeat_at, done: run.progress_done, total: run.progress_total, waitsUntil: null },
    reader,
  )
  return (
    <StateNow href={`${runHref(run.id)}?part=state${wanted ? `&wanted=${wanted}` : ''}`}>
      <StateBadge state={state}>{webWords(reader.language).states[state]}</StateBadge>
      {!until && signs && <span class="sub"> {signs}</span>}
      {until && (
        <span class="sub"> {operationsWords(reader.language).waits.until(reader.moment(until))}</span>
      )}
    </StateNow>
  )
}

/** What is so once the run of an answer has ended: how, why, and what to do; it takes the place of the answer. */
export const EndedAnswer = ({
  reader,
  report,
  run,
  wanted,
}: FollowedProps & { report: VerificationReport | undefined }) => {
  const shared = webWords(reader.language)
  const words = operationsWords(reader.language)
  const { title } = definitionOf(run.operation).words[reader.language]
  const outcome = run.outcome ?? 'failed'
  const reason = parseReason(run.reason)
  const label = reason && wordsFor(reason, reader.language, reader.say).label
  const taken = takenOverWords(report, run.connection_id, reader)
  const result = taken?.title ?? (reason ? '' : resultOf(run.counts, words.result, reader.count))
  const open = { href: runHref(run.id), text: shared.openOperationNumber(run.id) }
  if (wanted)
    return (
      <Answer
        kind="accepted"
        word={words.ended.holder(run.id)}
        sentence={words.ended.noLongerHolds(
          title,
          [shared.states[outcome], label].filter(Boolean).join(', '),
        )}
        open={open}
        isOver
      >
        <StartAgain
          id={startRowId(wanted)}
          why={words.ended.isFree}
          label={definitionOf(wanted).words[reader.language].title}
        />
      </Answer>
    )
  return (
    <Answer
      kind={reason && outcome === 'succeeded' ? 'check_first' : outcome}
      word={label ? `${shared.states[outcome]}: ${label}.` : `${shared.states[outcome]}.`}
      sentence={words.ended.itself(title, run.tenant_name, run.id)}
      {...(result && { meta: result })}
      nextSteps={[...(taken ? [taken.see] : []), ...shownSteps(run, reader)]}
      open={open}
      isOver
    />
  )
}

/** The way out of the run's reason; opening the run has its own place. */
const shownSteps = (run: RunDetail, reader: Reader): NextStep[] =>
  stepsOf(run, parseReason(run.reason), reader)
    .filter(({ href }) => href !== runHref(run.id))
    .map(({ href, label }) =>
      href ? { kind: 'link', text: label, href } : { kind: 'sentence', text: label },
    )
