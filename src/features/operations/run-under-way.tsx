import type { Child } from 'hono/jsx'
import { definitionOf } from '../../engine/catalog/index.ts'
import { ProgressBox, ReasonCallout } from '../../web/components/index.ts'
import type { Reader } from '../../web/index.ts'
import type { RunDetail } from './operations.sql.ts'
import { operationsWords } from './operations.words.ts'
import { StopActions } from './run-actions.tsx'
import { MOST_AHEAD } from './run-events.sql.ts'
import { isLikelyStale, waitKindOf } from './run-state.ts'

interface UnderWay {
  run: RunDetail
  reader: Reader
}

/** It waits in nobody's hands: for what, until when, how far it came, and when it would give up. */
export const Waits = ({ reader, run, until }: UnderWay & { until: Date }) => {
  const { waits } = operationsWords(reader.language)
  return (
    <ReasonCallout
      size="large"
      mark="waiting"
      title={waits.title(reader.moment(until))}
      why={waits.why[waitKindOf(run)]}
    >
      <HeldUp run={run} reader={reader} />
      <StopActions run={run} reader={reader} />
    </ReasonCallout>
  )
}

/** It waits for a worker: how many are ahead of it, and what it has been through already. */
export const Queued = ({ ahead, reader, run }: UnderWay & { ahead: number }) => {
  const { queued } = operationsWords(reader.language)
  const isCounted = ahead < MOST_AHEAD
  const why = ahead === 0 ? queued.text : `${queued.ahead(reader.count(ahead), isCounted)} ${queued.text}`
  return (
    <ReasonCallout mark="queued" title={queued.title} why={why}>
      <HeldUp run={run} reader={reader} />
      <StopActions run={run} reader={reader} />
    </ReasonCallout>
  )
}

/** How far it came, since when it comes no further, at which attempt it is, and when it would give up. */
const HeldUp = ({ reader, run }: UnderWay) => {
  const { waits } = operationsWords(reader.language)
  const since = run.held_up_since
  const facts = [
    ...(run.progress_done === null ? [] : [waits.read(reader.count(run.progress_done))]),
    ...(since ? [waits.since(reader.lasted(run.now.getTime() - since.getTime()))] : []),
    ...(run.waits > 0 ? [waits.times(reader.count(run.waits))] : []),
    ...attemptOf(run, run.attempt + 1, reader),
  ]
  const { patienceSeconds } = definitionOf(run.operation)
  return (
    <>
      {facts.length > 0 && <p class="sub mt-2">{facts.join(' · ')}</p>}
      {since && (
        <p class="sub">{waits.givesUp(reader.moment(new Date(since.getTime() + patienceSeconds * 1000)))}</p>
      )}
    </>
  )
}

/** Which attempt it is of how many; nothing for the first, which needs no word. */
function attemptOf(run: RunDetail, attempt: number, reader: Reader): string[] {
  const { recovery } = definitionOf(run.operation)
  if (recovery.kind !== 'reclaim' || attempt <= 1) return []
  return [operationsWords(reader.language).attempt(attempt, recovery.attempts)]
}

/** A worker has it: how far it came, and the signs of life. */
export const AtWork = ({ reader, run }: UnderWay) => {
  const words = operationsWords(reader.language)
  const { progress_done: done, progress_total: total } = run
  const { title } = definitionOf(run.operation).words[reader.language]
  const known = done !== null && total !== null
  const signs: Child[] = [
    words.running.since(reader.lasted(run.now.getTime() - (run.started_at ?? run.now).getTime())),
    ...(run.heartbeat_at ? [words.running.alive(reader.ago(run.heartbeat_at, run.now))] : []),
    ...attemptOf(run, run.attempt, reader),
  ]
  const todo = run.stopping ? words.stopping : isLikelyStale(run, run.now) ? words.stale : words.running.todo
  return (
    <ProgressBox
      meter={{ label: title, state: known ? { kind: 'known', done, total } : { kind: 'open' } }}
      amount={done === null ? words.running.noCount : reader.count(done)}
      unit={done === null ? '' : words.running.unit}
      signs={signs}
      todo={todo}
    >
      <StopActions run={run} reader={reader} />
    </ProgressBox>
  )
}
