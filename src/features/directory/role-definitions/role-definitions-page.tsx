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
  OperationRow,
  readinessOf,
  roleDefinitionsHref,
  type Surroundings,
  type TenantAtHand,
  TenantFrame,
} from '../../tenants/index.ts'
import { addressOf, type PageTurns, type Reading, type RoleDefinitionQuery } from './role-definition-list.ts'
import { RoleDefinitionTable } from './role-definition-table.tsx'
import {
  type ListedRoleDefinition,
  ROLE_DEFINITION_SHOWS,
  type RoleDefinitionShow,
} from './role-definitions.sql.ts'
import { roleDefinitionWords } from './role-definitions.words.ts'

export interface RoleDefinitionsPageProps extends TenantAtHand, Surroundings {
  /** The address of this very list. */
  href: string
  reader: Reader
  rows: readonly ListedRoleDefinition[]
  counts: Readonly<Record<RoleDefinitionShow, number>>
  lastReading: Reading | null
  query: RoleDefinitionQuery
  turns: PageTurns
}

/** The role definitions of a tenant as last read, and the sync that reads them anew. */
export const RoleDefinitionsPage = (props: RoleDefinitionsPageProps) => {
  const { forecast, href, lastReading, reader, shell, tenant, workspace } = props
  const words = roleDefinitionWords(reader.language)
  const frame = { shell, workspace, reader, tenant, href, readiness: readinessOf(forecast) }
  return (
    <TenantFrame
      {...frame}
      connections={forecast.ground.connectionCount}
      tab="roles"
      moves={forecast.ground.active !== null}
    >
      {!lastReading && (
        <div class="mt-5">
          <EmptyState title={words.never.title} text={words.never.text} />
        </div>
      )}
      <Sync {...props} />
      {lastReading && <Found {...props} />}
    </TenantFrame>
  )
}

const Sync = ({ forecast, lastReading, reader, tenant }: RoleDefinitionsPageProps) => {
  const operation = 'directory.role_definitions.sync'
  const verdict = forecast.verdicts.get(operation)
  if (!verdict) return null
  return (
    <section class="mt-5" aria-labelledby="sync-title">
      <h2 class="sr-only" id="sync-title">
        {roleDefinitionWords(reader.language).readAnew}
      </h2>
      <StartList>
        <OperationRow
          operation={operation}
          verdict={verdict}
          ground={forecast.ground}
          reader={reader}
          href={`${roleDefinitionsHref(tenant)}/sync`}
          {...(lastReading && { sub: <Freshness reading={lastReading} reader={reader} /> })}
        />
      </StartList>
    </section>
  )
}

interface FreshnessProps {
  reading: Reading
  reader: Reader
}

const Freshness = ({ reader, reading }: FreshnessProps) => {
  const words = roleDefinitionWords(reader.language)
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

const Found = (props: RoleDefinitionsPageProps) => {
  const { counts, query, reader, rows, tenant, turns } = props
  const words = roleDefinitionWords(reader.language)
  const chips = ROLE_DEFINITION_SHOWS.map((show) => ({
    href: addressOf(tenant, { search: query.search, show }),
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
            <LinkButton href={roleDefinitionsHref(tenant)} small>
              {words.noMatch.clear}
            </LinkButton>
          </EmptyState>
        </div>
      ) : (
        <>
          <RoleDefinitionTable rows={rows} reader={reader} list={roleDefinitionsHref(tenant)} />
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

const Search = ({ query, reader, tenant }: RoleDefinitionsPageProps) => {
  const words = roleDefinitionWords(reader.language)
  return (
    <search class="block mt-6">
      <form class="flex gap-2" action={roleDefinitionsHref(tenant)} method="get">
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
