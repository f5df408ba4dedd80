import { parseReason, wordsFor } from '../../engine/reasons/index.ts'
import { Part, Timeline, type TimelineEntry } from '../../web/components/index.ts'
import { type Reader, webWords } from '../../web/index.ts'
import type { RunDetail } from './operations.sql.ts'
import { operationsWords } from './operations.words.ts'
import { waitOf } from './run-state.ts'

/** What happened to a run, newest first. */
export const RunStory = ({ reader, run }: { run: RunDetail; reader: Reader }) => (
  <Part id="timeline" title={operationsWords(reader.language).timeline}>
    <Timeline entries={entriesOf(run, reader)} />
  </Part>
)

function entriesOf(run: RunDetail, reader: Reader): TimelineEntry[] {
  const { story, storyTried, waits } = operationsWords(reader.language)
  const { states } = webWords(reader.language)
  const wait = waitOf(run, run.now)
  const time = (at: Date) => ({ at, exact: reader.exact(at), children: reader.clock(at) })
  if (!run.admitted)
    return [
      ...(run.tries > 1 && run.last_tried_at
        ? [
            {
              time: time(run.last_tried_at),
              mark: 'blocked' as const,
              title: story.tried,
              detail: storyTried(run.tries),
            },
          ]
        : []),
      { time: time(run.created_at), mark: 'blocked', title: states.blocked, detail: story.born },
    ]
  return [
    ...(run.finished_at && run.outcome
      ? [
          {
            time: time(run.finished_at),
            mark: run.outcome,
            title: states[run.outcome],
            detail: endingOf(run, reader),
          },
        ]
      : []),
    ...(run.stop_asked_at
      ? [
          {
            time: time(run.stop_asked_at),
            mark: 'stopping' as const,
            title: story.stopAsked,
            ...(run.stop_asked_by && { detail: run.stop_asked_by }),
          },
        ]
      : []),
    ...(wait && run.held_up_since
      ? [
          {
            time: time(run.held_up_since),
            mark: 'waiting' as const,
            title: story.putAside,
            detail: waits.until(reader.moment(wait.until)),
          },
        ]
      : []),
    ...(run.started_at
      ? [{ time: time(run.started_at), mark: 'running' as const, title: story.claimed }]
      : []),
    { time: time(run.created_at), mark: 'queued', title: story.admitted },
  ]
}

function endingOf(run: RunDetail, reader: Reader): string {
  const reason = parseReason(run.reason)
  if (reason) return wordsFor(reason, reader.language, reader.say).label
  return operationsWords(reader.language).result(run.counts, reader.count)
}
