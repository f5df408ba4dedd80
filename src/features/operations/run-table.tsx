import { definitionOf, type OperationCode } from '../../engine/catalog/index.ts'
import { parseReason, wordsFor } from '../../engine/reasons/index.ts'
import {
  Badge,
  Cell,
  DataTable,
  GroupHeading,
  HeadCell,
  Progress,
  Row,
  RowGroup,
  StateBadge,
  Time,
} from '../../web/components/index.ts'
import { type Reader, runHref, webWords } from '../../web/index.ts'
import type { RunRow } from './operations.sql.ts'
import { operationsWords } from './operations.words.ts'
import { resultOf } from './result-of.ts'
import { isLikelyStale, stateOf, waitOf } from './run-state.ts'

export interface RunGroup {
  /** Left out where the rows need no heading of their own. */
  readonly heading?: { readonly title: string; readonly count?: number; readonly hint?: string }
  readonly runs: readonly RunRow[]
}

interface RunTableProps {
  /** Several tenants have a column for their name; one tenant has room for how long it took. */
  over: 'tenants' | 'one_tenant'
  caption: string
  groups: readonly RunGroup[]
  reader: Reader
}

const COLUMNS = {
  tenants: ['state', 'operation', 'tenant', 'result', 'by', 'when'],
  one_tenant: ['state', 'operation', 'result', 'by', 'when', 'took'],
} as const

/** Operations in rows, wherever they are listed: state, what it is, what came of it. */
export const RunTable = ({ caption, groups, over, reader }: RunTableProps) => {
  const { columns } = operationsWords(reader.language)
  return (
    <DataTable
      layout={over === 'tenants' ? 'operations' : 'recent'}
      caption={caption}
      columns={COLUMNS[over].map((name) => ({
        label: columns[name],
        number: name === 'when' || name === 'took',
      }))}
    >
      {groups
        .filter(({ runs }) => runs.length > 0)
        .map(({ heading, runs }) => (
          <RowGroup>
            {heading && <GroupHeading span={COLUMNS[over].length} {...heading} />}
            {runs.map((run) => (
              <RunLine run={run} reader={reader} over={over} />
            ))}
          </RowGroup>
        ))}
    </DataTable>
  )
}

/** A check is about one connection, of which a tenant may have several. */
const CHECK: OperationCode = 'provider.connection.check'

type RunLineProps = Pick<RunTableProps, 'over' | 'reader'> & { run: RunRow }

const RunLine = ({ over, reader, run }: RunLineProps) => {
  const { states, system } = webWords(reader.language)
  const state = stateOf(run)
  const when = run.finished_at ?? run.created_at
  return (
    <Row live={run.status !== 'completed'}>
      <Cell at="state">
        <StateBadge state={state}>{states[state]}</StateBadge>
      </Cell>
      <HeadCell
        at="op"
        href={runHref(run.id)}
        number={`#${run.id}`}
        {...(run.operation === CHECK && run.connection_label && { sub: run.connection_label })}
      >
        {definitionOf(run.operation).words[reader.language].title}
      </HeadCell>
      {over === 'tenants' && (
        <Cell at="tenant">
          <a class="link-quiet" href={`/admin/t/${run.directory_id}`}>
            {run.tenant_name}
          </a>
        </Cell>
      )}
      <Cell at="res">
        {run.status === 'running' ? <Moving run={run} reader={reader} /> : becameOf(run, reader)}
      </Cell>
      <Cell at="who">{run.initiator_name ?? system}</Cell>
      <Cell at="when" number>
        <Time at={when} exact={reader.exact(when)}>
          {reader.age(when)}
        </Time>
      </Cell>
      {over === 'one_tenant' && (
        <Cell at="took" number>
          {run.started_at && run.finished_at
            ? reader.lasted(run.finished_at.getTime() - run.started_at.getTime())
            : '–'}
        </Cell>
      )}
    </Row>
  )
}

/** What came of a run in a few words, or what it waits for: its reason, or what its numbers say. */
function becameOf(run: RunRow, reader: Reader): string {
  const words = operationsWords(reader.language)
  const wait = waitOf(run)
  if (wait) return words.waits.until(reader.moment(wait.until))
  const reason = parseReason(run.reason)
  const result = resultOf(run.counts, words.result, reader.count)
  if (!reason) return result
  const { label } = wordsFor(reason, reader.language, reader.say)
  const more = run.tries > 1 ? `${words.facts.tries}: ${run.tries}` : run.outcome !== 'succeeded' && result
  return more ? `${label} · ${more}` : label
}

const Moving = ({ reader, run }: { run: RunRow; reader: Reader }) => {
  const words = operationsWords(reader.language)
  if (isLikelyStale(run)) return <Badge tone="act">{webWords(reader.language).states.likely_stale}</Badge>
  const { progress_done: done, progress_total: total } = run
  if (done === null) return null
  return (
    <Progress
      label={definitionOf(run.operation).words[reader.language].title}
      state={total === null ? { kind: 'open' } : { kind: 'known', done, total }}
      text={
        total === null ? words.soFar(reader.count(done)) : `${reader.count(done)} / ${reader.count(total)}`
      }
    />
  )
}
