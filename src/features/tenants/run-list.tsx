import type { Child } from 'hono/jsx'
import { definitionOf } from '../../engine/catalog/index.ts'
import { parseReason } from '../../engine/reasons/index.ts'
import {
  Cell,
  HeadCell,
  Meter,
  percentOf,
  Row,
  StateBadge,
  type StateName,
  Time,
} from '../../web/components/index.ts'
import { type Reader, runHref, webWords } from '../../web/index.ts'
import { reasonWords } from './reason-for-reader.ts'
import type { ListedRun } from './recent-runs.sql.ts'
import { tenantWords } from './tenant.words.ts'

interface RunRowProps {
  run: ListedRun
  reader: Reader
}

/** A run in the list of its tenant. */
export const TenantRunRow = ({ run, reader }: RunRowProps) => (
  <Row live={run.status !== 'completed'}>
    <StateCell run={run} reader={reader} />
    <OperationCell run={run} reader={reader} />
    <Cell at="res">{resultOf(run, reader)}</Cell>
    <Cell at="who">{run.initiatorName ?? webWords(reader.language).system}</Cell>
    <WhenCell run={run} reader={reader} />
    <Cell at="took" number>
      {run.startedAt && run.finishedAt
        ? reader.lasted(run.finishedAt.getTime() - run.startedAt.getTime())
        : '–'}
    </Cell>
  </Row>
)

/** A run in a list over several tenants. */
export const WorkspaceRunRow = ({ run, reader }: RunRowProps) => (
  <Row live={run.status !== 'completed'}>
    <StateCell run={run} reader={reader} />
    <OperationCell run={run} reader={reader} />
    <Cell at="tenant">
      <a class="link-quiet" href={`/admin/t/${run.directoryId}`}>
        {run.tenant}
      </a>
    </Cell>
    <Cell at="res">{resultOf(run, reader)}</Cell>
    <Cell at="who">{run.initiatorName ?? webWords(reader.language).system}</Cell>
    <WhenCell run={run} reader={reader} />
  </Row>
)

const StateCell = ({ run, reader }: RunRowProps) => {
  const state = stateOf(run)
  return (
    <Cell at="state">
      <StateBadge state={state}>{webWords(reader.language).states[state]}</StateBadge>
    </Cell>
  )
}

const OperationCell = ({ run, reader }: RunRowProps) => (
  <HeadCell at="op" href={runHref(run.id)} number={`#${run.id}`}>
    {definitionOf(run.operation).words[reader.language].title}
  </HeadCell>
)

const WhenCell = ({ run, reader }: RunRowProps) => {
  const at = run.finishedAt ?? run.createdAt
  return (
    <Cell at="when" number>
      <Time at={at} exact={reader.exact(at)}>
        {reader.age(at)}
      </Time>
    </Cell>
  )
}

function stateOf({ outcome, status, stopping, waiting }: ListedRun): StateName {
  if (outcome) return outcome
  if (stopping) return 'stopping'
  if (status === 'queued') return 'queued'
  return status === 'running' && waiting ? 'waiting' : 'running'
}

/** What came of a run in a few words: its reason, or what its numbers say. */
function resultOf(run: ListedRun, reader: Reader): Child {
  const words = tenantWords(reader.language)
  if (run.status !== 'completed') return <ProgressOf run={run} reader={reader} />
  const reason = parseReason(run.reason)
  if (reason) {
    const { label } = reasonWords(reason, reader)
    return run.tries > 1 ? `${label}, ${words.tries(run.tries)}` : label
  }
  return countsOf(run, reader)
}

function countsOf({ counts }: ListedRun, { language, count }: Reader): string {
  const { checks, unchanged, ...words } = tenantWords(language).counts
  if (counts.checks !== undefined) return checks(count(counts.passed ?? 0), count(counts.checks))
  const { seen } = counts
  if (seen === undefined) return ''
  const changes = (['created', 'changed', 'gone'] as const)
    .filter((key) => (counts[key] ?? 0) > 0)
    .map((key) => words[key](count(counts[key] ?? 0)))
  return [...(changes.length > 0 ? changes : [unchanged]), words.seen(count(seen))].join(', ')
}

const ProgressOf = ({ run, reader }: RunRowProps) => {
  if (run.done === null) return null
  if (run.total === null) return <span>{tenantWords(reader.language).soFar(reader.count(run.done))}</span>
  const { title } = definitionOf(run.operation).words[reader.language]
  return (
    <div class="res">
      <Meter state={{ kind: 'known', done: run.done, total: run.total }} label={title} />
      <span>{percentOf(run.done, run.total)}%</span>
    </div>
  )
}
