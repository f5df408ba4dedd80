import { legible } from '../../kernel/index.ts'
import { Badge, Cell, DataTable, HeadCell, Row, RowGroup } from '../../web/components/index.ts'
import type { Reader } from '../../web/index.ts'
import { listWords } from './list.words.ts'
import { type ListAddress, listHref } from './list-address.ts'
import { entryHref, legibleOrNull } from './list-json.ts'
import { type ListQuery, naturalOrder, type Sort } from './list-query.ts'
import { Moment } from './moment.tsx'
import type { ListedEntry, TenantList } from './tenant-list.ts'

interface ListTableProps {
  list: TenantList
  /** The address of the list, below which each entry has its page. */
  href: string
  rows: readonly ListedEntry[]
  query: ListQuery
  reader: Reader
}

/** Entries in a table whose heads change its order, a short list on a phone. */
export function ListTable({ href, list, query, reader, rows }: ListTableProps) {
  const noun = list.words(reader.language)
  const words = listWords(reader.language)
  const sorted = (by: Sort) => sortOf({ href, usual: list.shows[0] }, query, by)
  return (
    <DataTable
      layout="plain"
      caption={noun.title}
      columns={[
        { label: noun.name, sort: sorted('name') },
        ...list.columns.map(({ label }) => ({ label: label(noun) })),
        { label: words.sorts.first_seen, number: true, sort: sorted('first_seen') },
        { label: words.sorts.changed, number: true, sort: sorted('changed') },
      ]}
    >
      <RowGroup>
        {rows.map((row) => (
          <Row>
            <HeadCell href={entryHref(href, row.id)} sub={legibleOrNull(list.below(row))}>
              {legible(row.display_name)}
              {row.gone_since && (
                <>
                  {' '}
                  <Badge tone="act" mark="check_first">
                    {words.gone} <Moment at={row.gone_since} reader={reader} />
                  </Badge>
                </>
              )}
            </HeadCell>
            {list.columns.map(({ cell, label }) => (
              <Cell label={label(noun)}>{cell(row, noun, reader)}</Cell>
            ))}
            <Cell number label={words.sorts.first_seen}>
              <Moment at={row.first_seen_at} reader={reader} />
            </Cell>
            <Cell number label={words.sorts.changed}>
              {row.changed_at ? <Moment at={row.changed_at} reader={reader} /> : words.never}
            </Cell>
          </Row>
        ))}
      </RowGroup>
    </DataTable>
  )
}

/** How a head orders the table now, and the order that it leads to: turned round, or its own. */
export function sortOf(list: ListAddress, query: ListQuery, by: Sort) {
  const { descending } = query.order
  const isOn = query.order.by === by
  const order = isOn ? { by, descending: !descending } : naturalOrder(by)
  const direction = descending ? ('descending' as const) : ('ascending' as const)
  return { href: listHref(list, { ...query, order }), direction: isOn ? direction : null }
}
