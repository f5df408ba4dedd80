import type { Child } from 'hono/jsx'
import { definitionOf } from '../../engine/catalog/index.ts'
import { ProgressBox, ReasonCallout } from '../../web/components/index.ts'
import type { Reader } from '../../web/index.ts'
import type { RunDetail } from './operations.sql.ts'
import { operationsWords } from './operations.words.ts'
import { StopActions } from './run-actions.tsx'
import { isLikelyStale } from './run-state.ts'

interface UnderWay {
  run: RunDetail
  reader: Reader
}

interface WaitsProps extends UnderWay {
  until: Date
  waitsFor: NonNullable<RunDetail['waits_for']>
}

/** It waits in nobody's hands: for what, until when, how far it came, and when it would give up. */
export const Waits = ({ reader, run, until, waitsFor }: WaitsProps) => {
  const { waits } = operationsWords(reader.language)
  const { patienceSeconds } = definitionOf(run.operation)
  const since = run.held_up_since ?? run.now
  const facts = [
    ...(run.progress_done === null ? [] : [waits.read(reader.count(run.progress_done))]),
    waits.since(reader.lasted(run.now.getTime() - since.getTime())),
  ]
  return (
    <ReasonCallout
      size="large"
      mark="waiting"
      title={waits.title(reader.moment(until))}
      why={waits.why[waitsFor]}
    >
      <p class="sub mt-2">{facts.join(' · ')}</p>
      <p class="sub">{waits.givesUp(reader.moment(new Date(since.getTime() + patienceSeconds * 1000)))}</p>
      <StopActions run={run} reader={reader} />
    </ReasonCallout>
  )
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
