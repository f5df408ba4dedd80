import { definitionOf } from '../../engine/catalog/index.ts'
import { parseReason, wordsFor } from '../../engine/reasons/index.ts'
import {
  Badge,
  Cell,
  DataTable,
  EmptyState,
  GroupHeading,
  HeadCell,
  Live,
  PageHeader,
  Pagination,
  Progress,
  Row,
  RowGroup,
  StateBadge,
  Tabs,
  Time,
} from '../../web/components/index.ts'
import { type Reader, webWords } from '../../web/index.ts'
import type { RunFilter, RunRow } from './operations.sql.ts'
import { operationsWords } from './operations.words.ts'
import { isLikelyStale, stateOf } from './run-state.ts'

export interface ListProps {
  runs: readonly RunRow[]
  filter: RunFilter
  counts: { active: number; attention: number }
  /** The name of the one tenant that is shown, when there is one. */
  tenantName: string | null
  pages: { newer: string | undefined; older: string | undefined }
  /** The address of this very list. */
  href: string
  reader: Reader
}

/** The list of operations: what is at work on top, then what ended; it keeps itself fresh. */
export const OperationsList = (props: ListProps) => {
  const { counts, filter, href, pages, reader, runs, tenantName } = props
  const words = operationsWords(reader.language)
  return (
    <Live id="operations" href={href} seconds={3}>
      <PageHeader
        title={webWords(reader.language).operations}
        lead={words.lead(counts.active, counts.attention)}
      />
      <div class="mt-4">
        <Tabs label={words.tabs.label} tabs={tabsOf(props)} />
      </div>
      {tenantName && (
        <p class="mt-3 text-ui text-ink-2">
          {words.onlyTenant(tenantName)} ·{' '}
          <a class="link" href={`/admin/operations?show=${filter.show}`}>
            {words.showAll}
          </a>
        </p>
      )}
      <div class="mt-3">
        {runs.length === 0 ? <EmptyState {...words.none[filter.show]} /> : <RunsTable {...props} />}
      </div>
      {(pages.newer || pages.older) && (
        <Pagination label={words.pages} words={{ newer: words.newer, older: words.older }} {...pages} />
      )}
    </Live>
  )
}

function tabsOf({ counts, filter, reader }: ListProps) {
  const { tabs } = operationsWords(reader.language)
  const tenant = filter.directoryId ? `&tenant=${filter.directoryId}` : ''
  return (['active', 'attention', 'all'] as const).map((show) => ({
    href: `/admin/operations?show=${show}${tenant}`,
    label: tabs[show],
    current: filter.show === show,
    ...(show !== 'all' && !tenant && counts[show] > 0 && { count: String(counts[show]) }),
  }))
}

const COLUMNS = ['state', 'operation', 'tenant', 'result', 'by', 'when'] as const

const RunsTable = ({ reader, runs }: ListProps) => {
  const words = operationsWords(reader.language)
  const active = runs.filter(({ status }) => status !== 'completed')
  const ended = runs.filter(({ status }) => status === 'completed')
  return (
    <DataTable
      layout="operations"
      caption={words.caption}
      columns={COLUMNS.map((name) => ({ label: words.columns[name], number: name === 'when' }))}
    >
      {active.length > 0 && (
        <RowGroup>
          <GroupHeading
            span={6}
            title={words.groups.active}
            count={active.length}
            hint={words.groups.movesByItself}
          />
          {active.map((run) => (
            <RunLine run={run} reader={reader} />
          ))}
        </RowGroup>
      )}
      {ended.length > 0 && (
        <RowGroup>
          <GroupHeading span={6} title={words.groups.ended} />
          {ended.map((run) => (
            <RunLine run={run} reader={reader} />
          ))}
        </RowGroup>
      )}
    </DataTable>
  )
}

const RunLine = ({ reader, run }: { run: RunRow; reader: Reader }) => {
  const { states, system } = webWords(reader.language)
  const state = stateOf(run)
  const when = run.finished_at ?? run.created_at
  return (
    <Row live={run.status !== 'completed'}>
      <Cell at="state">
        <StateBadge state={state}>{states[state]}</StateBadge>
      </Cell>
      <HeadCell at="op" href={`/admin/operations/${run.id}`} number={`#${run.id}`}>
        {definitionOf(run.operation).words[reader.language].title}
      </HeadCell>
      <Cell at="tenant">{run.tenant_name}</Cell>
      <Cell at="res">
        <Result run={run} reader={reader} />
      </Cell>
      <Cell at="who">{run.initiator_name ?? system}</Cell>
      <Cell at="when" number>
        <Time at={when} exact={reader.exact(when)}>
          {reader.age(when)}
        </Time>
      </Cell>
    </Row>
  )
}

const Result = ({ reader, run }: { run: RunRow; reader: Reader }) => {
  const words = operationsWords(reader.language)
  if (run.status === 'running') return <Moving run={run} reader={reader} />
  const reason = parseReason(run.reason)
  if (!reason) return <>{words.result(run.counts, reader.count)}</>
  const { label } = wordsFor(reason, reader.language, reader.say)
  return <>{run.tries > 1 ? `${label} · ${words.facts.tries}: ${run.tries}` : label}</>
}

const Moving = ({ reader, run }: { run: RunRow; reader: Reader }) => {
  const words = operationsWords(reader.language)
  if (isLikelyStale(run)) return <Badge tone="act">{webWords(reader.language).states.likely_stale}</Badge>
  const { progress_done: done, progress_total: total } = run
  const { title } = definitionOf(run.operation).words[reader.language]
  if (done === null) return null
  return (
    <Progress
      label={title}
      state={total === null ? { kind: 'open' } : { kind: 'known', done, total }}
      text={
        total === null ? words.soFar(reader.count(done)) : `${reader.count(done)} / ${reader.count(total)}`
      }
    />
  )
}
