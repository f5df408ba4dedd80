import {
  Button,
  EmptyState,
  FilterBar,
  LinkButton,
  Pagination,
  StartList,
  Time,
} from '../../../web/components/index.ts'
import { type Reader, runHref, webWords } from '../../../web/index.ts'
import {
  groupsHref,
  OperationRow,
  readinessOf,
  type Surroundings,
  type TenantAtHand,
  TenantFrame,
} from '../../tenants/index.ts'
import type { PageTurns, Reading } from '../role-definitions/role-definition-list.ts'
import { type GroupQuery, groupListHref } from './group-list.ts'
import { GroupTable } from './group-table.tsx'
import { GROUP_SHOWS, type GroupShow, type ListedGroup } from './groups.sql.ts'
import { groupWords } from './groups.words.ts'

export interface GroupsPageProps extends TenantAtHand, Surroundings {
  /** The address of this very list. */
  href: string
  reader: Reader
  rows: readonly ListedGroup[]
  counts: Readonly<Record<GroupShow, number>>
  lastReading: Reading | null
  /** Nothing was ever read, not even in part. */
  isEmpty: boolean
  query: GroupQuery
  turns: PageTurns
}

/** The groups of a tenant as last read, and the sync that reads what has changed. */
export const GroupsPage = (props: GroupsPageProps) => {
  const { forecast, href, isEmpty, lastReading, reader, shell, tenant, workspace } = props
  const words = groupWords(reader.language)
  const frame = { shell, workspace, reader, tenant, href, readiness: readinessOf(forecast) }
  return (
    <TenantFrame
      {...frame}
      connections={forecast.ground.connectionCount}
      tab="groups"
      moves={forecast.ground.active !== null}
    >
      {!lastReading && (
        <div class="mt-5">
          <EmptyState
            title={isEmpty ? words.never.title : words.notYetAll.title}
            text={isEmpty ? words.never.text : words.notYetAll.text}
          />
        </div>
      )}
      <Sync {...props} />
      {(lastReading || !isEmpty) && <Found {...props} />}
    </TenantFrame>
  )
}

const Sync = ({ forecast, lastReading, reader, tenant }: GroupsPageProps) => {
  const operation = 'directory.groups.sync'
  const verdict = forecast.verdicts.get(operation)
  if (!verdict) return null
  return (
    <section class="mt-5" aria-labelledby="sync-title">
      <h2 class="sr-only" id="sync-title">
        {groupWords(reader.language).readChanges}
      </h2>
      <StartList>
        <OperationRow
          operation={operation}
          verdict={verdict}
          ground={forecast.ground}
          reader={reader}
          href={`${groupsHref(tenant)}/sync`}
          {...(lastReading && { sub: <Freshness reading={lastReading} reader={reader} /> })}
        />
      </StartList>
    </section>
  )
}

const Freshness = ({ reader, reading }: { reading: Reading; reader: Reader }) => {
  const words = groupWords(reader.language)
  const { at, present, runId } = reading
  return (
    <>
      {words.present(reader.count(present))},{' '}
      <Time at={at} exact={reader.exact(at)}>
        {words.lastRead(reader.ago(at))}
      </Time>{' '}
      <a class="link" href={runHref(runId)}>
        {webWords(reader.language).operationNumber(runId)}
      </a>
    </>
  )
}

const Found = (props: GroupsPageProps) => {
  const { counts, query, reader, rows, tenant, turns } = props
  const words = groupWords(reader.language)
  const chips = GROUP_SHOWS.map((show) => ({
    href: groupListHref(tenant, { search: query.search, show }),
    label: words.shows[show],
    count: reader.count(counts[show]),
    on: show === query.show,
  }))
  return (
    <>
      <Search {...props} />
      <FilterBar label={words.show} chips={chips} />
      {rows.length === 0 ? (
        <div class="mt-4">
          <EmptyState title={words.noMatch.title} text={words.noMatch.text(query.search)}>
            <LinkButton href={groupsHref(tenant)} small>
              {words.noMatch.clear}
            </LinkButton>
          </EmptyState>
        </div>
      ) : (
        <>
          <GroupTable rows={rows} reader={reader} list={groupsHref(tenant)} />
          <Pagination
            label={words.pages}
            words={{ newer: words.previous, older: words.next }}
            newer={turns.previous ?? undefined}
            older={turns.next ?? undefined}
            summary={words.shown(rows.length)}
          />
        </>
      )}
    </>
  )
}

const Search = ({ query, reader, tenant }: GroupsPageProps) => {
  const words = groupWords(reader.language)
  return (
    <search class="block mt-6">
      <form class="flex gap-2" action={groupsHref(tenant)} method="get">
        <input
          class="input min-w-0 grow md:max-w-80"
          type="search"
          name="q"
          value={query.search}
          placeholder={words.search}
          aria-label={words.search}
          maxlength={200}
        />
        {query.show !== 'present' && <input type="hidden" name="show" value={query.show} />}
        <Button>{words.searchButton}</Button>
      </form>
    </search>
  )
}
