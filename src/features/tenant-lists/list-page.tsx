import { EmptyState, Pagination, ReasonCallout, StartList } from '../../web/components/index.ts'
import type { Reader } from '../../web/index.ts'
import {
  OperationRow,
  readinessOf,
  type Surroundings,
  startHref,
  type TenantAtHand,
  TenantFrame,
} from '../tenants/index.ts'
import { EmptyList } from './empty-list.tsx'
import { Freshness } from './freshness.tsx'
import type { Reading } from './last-reading.sql.ts'
import { listWords } from './list.words.ts'
import { listHref } from './list-address.ts'
import { ListFilters, SortOnPhone } from './list-filters.tsx'
import { type WantedPage, writeOrder } from './list-query.ts'
import { ListTable } from './list-table.tsx'
import type { PageTurns } from './page-turns.ts'
import type { Counts, ListedEntry, Remark, TenantList } from './tenant-list.ts'

export interface ListPageProps extends TenantAtHand, Surroundings {
  list: TenantList
  /** The address of the list, and the one of this very page of it. */
  href: string
  at: string
  reader: Reader
  rows: readonly ListedEntry[]
  turns: PageTurns
  wanted: WantedPage
  /** How many each filter would leave; null where they are too many to be counted. */
  counts: Counts | null
  /** Only what begins with what is searched was looked for. */
  onlyBeginnings: boolean
  /** The order is another than was asked for. */
  isReordered: boolean
  /** How many there are with each filter, whatever is searched. */
  all: Counts
  /** Null before the first reading up to its end. */
  reading: Reading | null
  remark: Remark | null
}

/** A list of a tenant as last read, and the sync that reads it. */
export const ListPage = (props: ListPageProps) => {
  const { all, at, forecast, list, reader, reading, shell, tenant, workspace } = props
  const noun = list.words(reader.language)
  const isEmpty = Object.values(all).every((count) => count === 0)
  const unread = isEmpty ? noun.never : noun.notYetAll
  return (
    <TenantFrame
      {...{ shell, workspace, reader, tenant }}
      href={at}
      readiness={readinessOf(forecast)}
      connections={forecast.ground.connectionCount}
      tab={list.tab}
      moves={forecast.ground.active !== null}
    >
      {!reading && (
        <div class="mt-5">
          <EmptyState {...unread} />
        </div>
      )}
      <Age {...props} />
      <Sync {...props} />
      {reading && isEmpty && !reading.isPartial && (
        <div class="mt-5">
          <EmptyState {...noun.nothing} />
        </div>
      )}
      {!isEmpty && <Found {...props} />}
    </TenantFrame>
  )
}

/** What has to be known of the age of the view before it is relied on. */
const Age = ({ forecast, list, reader, reading, remark }: ListPageProps) => {
  const words = listWords(reader.language)
  if (reading && forecast.ground.tenant.state === 'archived')
    return <p class="mt-5 text-ui text-ink-2">{words.archived}</p>
  if (remark)
    return (
      <div class="mt-5">
        <ReasonCallout mark="check_first" title={remark.title} why={remark.why}>
          {remark.lines && (
            <ul class="mt-2 grid gap-1 text-ui">
              {remark.lines.map((line) => (
                <li>{line}</li>
              ))}
            </ul>
          )}
        </ReasonCallout>
      </div>
    )
  if (!reading?.isOld) return null
  return (
    <div class="mt-5">
      <ReasonCallout
        mark="check_first"
        title={words.old(reader.ago(reading.at))}
        why={list.words(reader.language).old}
      />
    </div>
  )
}

const Sync = ({ all, forecast, href, list, reader, reading, tenant }: ListPageProps) => {
  const { operation } = list
  const verdict = forecast.verdicts.get(operation)
  if (!verdict) return null
  const present = all[list.shows[0]] ?? 0
  const { found } = list.words(reader.language)
  return (
    <section class="mt-5" aria-labelledby="sync-title">
      <h2 class="sr-only" id="sync-title">
        {listWords(reader.language).sync}
      </h2>
      <StartList>
        <OperationRow
          operation={operation}
          verdict={verdict}
          ground={forecast.ground}
          reader={reader}
          href={list.surface ? `${href}/sync` : startHref(tenant, operation)}
          {...(reading && {
            sub: <Freshness reading={reading} present={present} found={found} reader={reader} />,
          })}
        />
      </StartList>
    </section>
  )
}

const Found = (props: ListPageProps) => {
  const { href, list, reader, rows, turns, wanted } = props
  const words = listWords(reader.language)
  const address = { href, usual: list.shows[0] }
  const turnTo = (side: 'after' | 'before') =>
    turns[side] === null ? undefined : listHref(address, wanted, { [side]: turns[side] })
  const order = words.orders[writeOrder(wanted.order)]
  return (
    <>
      <ListFilters {...props} />
      {rows.length === 0 ? (
        <EmptyList {...props} />
      ) : (
        <>
          <SortOnPhone {...props} />
          <ListTable list={list} href={href} rows={rows} query={wanted} reader={reader} />
          <Pagination
            label={words.pages}
            words={{ newer: words.previous, older: words.next }}
            newer={turnTo('before')}
            older={turnTo('after')}
            summary={words.shown(rows.length, order)}
          />
        </>
      )}
    </>
  )
}
