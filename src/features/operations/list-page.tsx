import type { PersonalActor } from '../../access/index.ts'
import type { SeenWaiting } from '../../engine/waiting/index.ts'
import { EmptyState, LinkButton, Live, PageHeader, Pagination, Tabs } from '../../web/components/index.ts'
import { type Reader, webWords } from '../../web/index.ts'
import { WaitingPart } from '../waiting-starts/index.ts'
import { type FilterChoices, LOOKED_THROUGH } from './find-runs.sql.ts'
import type { RunRow } from './operations.sql.ts'
import { operationsWords } from './operations.words.ts'
import { listHref, type ReadFilter, SHOWS, type Show } from './run-filter.ts'
import { filterWords } from './run-filter.words.ts'
import { RunFilters } from './run-filters.tsx'
import { RunTable } from './run-table.tsx'

export interface ListProps {
  runs: readonly RunRow[]
  show: Show
  read: ReadFilter
  choices: FilterChoices
  counts: { active: number; attention: number }
  pages: { newer: string | undefined; older: string | undefined }
  /** Where older runs are looked through, when enough were and the page is not full. */
  lookOn: string | null
  /** The address of this very list. */
  href: string
  reader: Reader
  /** What waits to be started, and who looks; null where the list is not about it. */
  line: { waiting: readonly SeenWaiting[]; actor: PersonalActor } | null
}

/** The list of operations: what is at work on top, then what ended; it keeps itself fresh. */
export const OperationsList = (props: ListProps) => {
  const { choices, counts, href, line, lookOn, pages, read, reader, runs, show } = props
  const words = operationsWords(reader.language)
  return (
    <Live id="operations" href={href} seconds={3}>
      <PageHeader
        title={webWords(reader.language).operations}
        {...(isNarrowed(props) ? {} : { lead: words.lead(counts.active, counts.attention) })}
      />
      <div class="mt-4">
        <Tabs label={words.tabs.label} tabs={tabsOf(props)} />
      </div>
      <RunFilters show={show} read={read} choices={choices} reader={reader} />
      {line && <WaitingPart {...line} reader={reader} />}
      <div class="mt-3">{runs.length === 0 ? <Nothing {...props} /> : <RunsTable {...props} />}</div>
      {lookOn && (
        <div class="mt-4 flex flex-wrap items-center gap-x-4 gap-y-2">
          <p class="sub">{filterWords(reader.language).lookedThrough(reader.count(LOOKED_THROUGH))}</p>
          <LinkButton href={lookOn} small>
            {filterWords(reader.language).lookOn}
          </LinkButton>
        </div>
      )}
      {(pages.newer || pages.older) && (
        <Pagination label={words.pages} words={{ newer: words.newer, older: words.older }} {...pages} />
      )}
    </Live>
  )
}

const isNarrowed = ({ read }: ListProps) => Object.keys(read.typed).length > read.wrong.length

const Nothing = (props: ListProps) => {
  const { reader, show } = props
  if (isNarrowed(props)) return <EmptyState {...filterWords(reader.language).none} />
  return <EmptyState {...operationsWords(reader.language).none[show]} />
}

function tabsOf({ counts, read, reader, show }: ListProps) {
  const { tabs } = operationsWords(reader.language)
  return SHOWS.map((tab) => ({
    href: listHref(tab, read.typed),
    label: tabs[tab],
    current: show === tab,
    ...(tab !== 'all' && counts[tab] > 0 && { count: reader.count(counts[tab]) }),
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
