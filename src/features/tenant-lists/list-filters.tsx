import { Button, FilterBar } from '../../web/components/index.ts'
import type { Reader } from '../../web/index.ts'
import { listWords } from './list.words.ts'
import { listHref } from './list-address.ts'
import { type ListQuery, SORTS, USUAL_ORDER, writeOrder } from './list-query.ts'
import { sortOf } from './list-table.tsx'
import type { Counts, TenantList } from './tenant-list.ts'

interface ListFiltersProps {
  list: TenantList
  href: string
  wanted: ListQuery
  counts: Counts | null
  onlyBeginnings?: boolean
  isReordered?: boolean
  reader: Reader
}

/** The search and the filters of a list; each keeps what the others say. */
export const ListFilters = (props: ListFiltersProps) => {
  const { counts, href, list, reader, wanted } = props
  const noun = list.words(reader.language)
  const isOffered = (show: string) =>
    !list.hidesEmpty || !counts || show === list.shows[0] || show === wanted.show || counts[show] !== 0
  const chips = list.shows.filter(isOffered).map((show) => ({
    href: listHref({ href, usual: list.shows[0] }, { ...wanted, show }),
    label: noun.shows[show] ?? show,
    ...(counts && { count: reader.count(counts[show] ?? 0) }),
    on: show === wanted.show,
  }))
  return (
    <>
      <Search {...props} />
      <FilterBar label={noun.show} chips={chips} />
      <Notes {...props} />
    </>
  )
}

const Search = ({ href, list, reader, wanted }: ListFiltersProps) => {
  const { search } = list.words(reader.language)
  const order = writeOrder(wanted.order)
  return (
    <search class="block mt-6">
      <form class="flex gap-2" action={href} method="get">
        <input
          class="input min-w-0 grow md:max-w-80"
          type="search"
          name="q"
          value={wanted.search}
          placeholder={search}
          aria-label={search}
          maxlength={200}
        />
        {wanted.show !== list.shows[0] && <input type="hidden" name="show" value={wanted.show} />}
        {order !== writeOrder(USUAL_ORDER) && <input type="hidden" name="sort" value={order} />}
        <Button>{listWords(reader.language).searchButton}</Button>
      </form>
    </search>
  )
}

/** What is not to be seen in what was found. */
const Notes = ({ counts, isReordered, onlyBeginnings, reader, wanted }: ListFiltersProps) => {
  const words = listWords(reader.language)
  const order = words.orders[writeOrder(wanted.order)]
  const notes = [
    onlyBeginnings && words.onlyBeginnings,
    isReordered && !onlyBeginnings && words.reordered(order),
    !counts && words.notCounted,
  ].filter(Boolean)
  return notes.length === 0 ? null : <p class="sub mt-2">{notes.join(' ')}</p>
}

/** The order of the list where the heads of its table are not seen. */
export const SortOnPhone = ({ href, list, reader, wanted }: ListFiltersProps) => {
  const words = listWords(reader.language)
  const chips = SORTS.map((by) => {
    const { direction, href: to } = sortOf({ href, usual: list.shows[0] }, wanted, by)
    const mark = direction === null ? '' : { ascending: ' ↑', descending: ' ↓' }[direction]
    return { href: to, label: words.sorts[by] + mark, on: direction !== null }
  })
  return (
    <div class="md:hidden">
      <FilterBar label={words.sort} chips={chips} />
    </div>
  )
}
