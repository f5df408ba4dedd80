import { parseReason, wordsFor } from '../../engine/reasons/index.ts'
import { Part, Timeline, type TimelineEntry } from '../../web/components/index.ts'
import { type Reader, webWords } from '../../web/index.ts'
import type { RunDetail } from './operations.sql.ts'
import { operationsWords } from './operations.words.ts'
import { resultOf } from './result-of.ts'
import type { RunEvent } from './run-events.sql.ts'

interface StoryProps {
  run: RunDetail
  events: readonly RunEvent[]
  reader: Reader
}

/** What happened to a run, newest first. */
export const RunStory = ({ events, reader, run }: StoryProps) => (
  <Part id="timeline" title={operationsWords(reader.language).timeline}>
    <Timeline entries={entriesOf(run, events, reader)} />
  </Part>
)

function entriesOf(run: RunDetail, events: readonly RunEvent[], reader: Reader): TimelineEntry[] {
  if (!run.admitted) return bornBlocked(run, reader)
  const { story } = operationsWords(reader.language)
  const { states } = webWords(reader.language)
  const [firstClaim] = events
  const entries: Told[] = [
    { at: run.created_at, mark: 'queued', title: story.admitted },
    ...(run.started_at && !firstClaim
      ? [{ at: run.started_at, mark: 'running' as const, title: story.claimed }]
      : []),
    ...events.map((event) => happened(event, event === firstClaim, reader)),
  ]
  if (run.stop_asked_at)
    entries.push({
      at: run.stop_asked_at,
      mark: 'stopping',
      title: story.stopAsked,
      ...(run.stop_asked_by && { detail: run.stop_asked_by }),
    })
  if (run.finished_at && run.outcome)
    entries.push({
      at: run.finished_at,
      mark: run.outcome,
      title: states[run.outcome],
      detail: endingOf(run, reader),
    })
  return entries
    .map((entry, place) => ({ entry, place }))
    .sort((a, b) => b.entry.at.getTime() - a.entry.at.getTime() || b.place - a.place)
    .map(({ entry: { at, ...entry } }) => ({ time: timeOf(at, reader), ...entry }))
}

type Told = Omit<TimelineEntry, 'time'> & { readonly at: Date }

const timeOf = (at: Date, reader: Reader) => ({ at, exact: reader.exact(at), children: reader.clock(at) })

const MARKS: Partial<Record<RunEvent['kind'], TimelineEntry['mark']>> = {
  claimed: 'running',
  waits_as_asked: 'waiting',
  waits_unasked: 'waiting',
  waits_for_answer: 'waiting',
  rescued: 'likely_stale',
}

/** One row of what happened: the last time it did, how often since when, and until when it waited. */
function happened({ kind, times, until, ...event }: RunEvent, isFirst: boolean, reader: Reader): Told {
  const words = operationsWords(reader.language)
  const count = reader.count(times)
  const details = [
    ...(times > 1 ? [words.storyTimes(count, reader.moment(event.first_at))] : []),
    ...(until ? [words.storyWaited(reader.moment(until))] : []),
  ]
  const mark = MARKS[kind]
  return {
    at: event.last_at,
    title: kind === 'claimed' && !isFirst ? words.story.claimedAgain : words.story[kind],
    ...(mark && { mark }),
    ...(details.length > 0 && { detail: details.join(', ') }),
  }
}

/** A start that was blocked at the click, and how often it was tried. */
function bornBlocked(run: RunDetail, reader: Reader): TimelineEntry[] {
  const { story, storyTried } = operationsWords(reader.language)
  const { states } = webWords(reader.language)
  const born: TimelineEntry = {
    time: timeOf(run.created_at, reader),
    mark: 'blocked',
    title: states.blocked,
    detail: story.born,
  }
  if (run.tries <= 1 || !run.last_tried_at) return [born]
  const time = timeOf(run.last_tried_at, reader)
  return [{ time, mark: 'blocked', title: story.tried, detail: storyTried(run.tries) }, born]
}

function endingOf(run: RunDetail, reader: Reader): string {
  const reason = parseReason(run.reason)
  const result = resultOf(run.counts, operationsWords(reader.language).result, reader.count)
  const label = reason && wordsFor(reason, reader.language, reader.say).label
  return [label, result].filter(Boolean).join(' · ')
}
