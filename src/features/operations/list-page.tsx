import type { PersonalActor } from '../../access/index.ts'
import type { SeenWaiting } from '../../engine/waiting/index.ts'
import { EmptyState, Live, PageHeader, Pagination, Tabs } from '../../web/components/index.ts'
import { type Reader, webWords } from '../../web/index.ts'
import { WaitingPart } from '../waiting-starts/index.ts'
import type { RunRow } from './operations.sql.ts'
import { operationsWords } from './operations.words.ts'
import { RunTable } from './run-table.tsx'

/** What the address of the list asks for. */
export interface RunFilter {
  readonly show: 'active' | 'attention' | 'all'
  readonly directoryId: string | null
  readonly before: number | null
  readonly after: number | null
}

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
  /** What waits to be started, and who looks. */
  line: { waiting: readonly SeenWaiting[]; actor: PersonalActor }
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
      {filter.before === null && <WaitingPart {...props.line} reader={reader} />}
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

const RunsTable = ({ reader, runs }: ListProps) => {
  const { caption, groups } = operationsWords(reader.language)
  const active = runs.filter(({ status }) => status !== 'completed')
  const ended = runs.filter(({ status }) => status === 'completed')
  return (
    <RunTable
      over="tenants"
      caption={caption}
      groups={[
        { heading: { title: groups.active, count: active.length, hint: groups.movesByItself }, runs: active },
        { heading: { title: groups.ended }, runs: ended },
      ]}
      reader={reader}
    />
  )
}
