import type { Child } from 'hono/jsx'
import { Icon } from '../look/index.ts'

/** How a table lays itself out, above all on a phone. */
const LAYOUTS = {
  tenants: 'rows rows-tenants',
  operations: 'rows rows-operations',
  recent: 'rows rows-recent',
  parts: 'rows rows-parts',
  /** Any other list: on a phone each cell stands below the other, with its label. */
  plain: 'rows rows-plain',
} as const

/** The place of a cell in its row's layout on a phone. */
export type CellPlace =
  | 'ages'
  | 'name'
  | 'op'
  | 'ready'
  | 'res'
  | 'result'
  | 'runs'
  | 'state'
  | 'tenant'
  | 'took'
  | 'type'
  | 'when'
  | 'who'

export interface Column {
  label: Child
  /** Numbers stand on the right. */
  number?: boolean
  /** Makes the head a link to another order; `direction` is how it orders the table now, null if it does not. */
  sort?: { href: string; direction: 'ascending' | 'descending' | null }
}

interface DataTableProps {
  layout: keyof typeof LAYOUTS
  /** What the table lists, for those who do not see it. */
  caption: string
  columns: readonly Column[]
  /** One or more `RowGroup`. */
  children: Child
}

/** Said aloud, because a table that becomes a list on a phone loses its own roles. */
const ROLE = {
  table: { role: 'table' },
  group: { role: 'rowgroup' },
  row: { role: 'row' },
  column: { role: 'columnheader', scope: 'col' },
  head: { role: 'rowheader', scope: 'row' },
  cell: { role: 'cell' },
} as const

/** A table at a desk, a composed list on a phone. */
export const DataTable = ({ layout, caption, columns, children }: DataTableProps) => (
  <table class={LAYOUTS[layout]} {...ROLE.table}>
    <caption class="sr-only">{caption}</caption>
    <thead {...ROLE.group}>
      <tr {...ROLE.row}>
        {columns.map((column) => (
          <th
            class={column.number ? 'num' : undefined}
            {...ROLE.column}
            {...(column.sort?.direction && { 'aria-sort': column.sort.direction })}
          >
            {column.sort ? <SortLink {...column.sort}>{column.label}</SortLink> : column.label}
          </th>
        ))}
      </tr>
    </thead>
    {children}
  </table>
)

interface SortLinkProps extends NonNullable<Column['sort']> {
  children: Child
}

const SortLink = ({ children, direction, href }: SortLinkProps) => (
  <a class={direction ? 'sort is-on' : 'sort'} href={href}>
    {children}
    {direction && <Icon name={direction === 'ascending' ? 'up' : 'down'} size="small" />}
  </a>
)

interface RowGroupProps {
  id?: string
  /** A `GroupHeading` and rows. */
  children: Child
}

export const RowGroup = ({ id, children }: RowGroupProps) => (
  <tbody id={id} {...ROLE.group}>
    {children}
  </tbody>
)

interface GroupHeadingProps {
  /** How many columns it spans. */
  span: number
  title: string
  count?: Child
  /** "a start in these tenants is answered with a reason" */
  hint?: string
}

/** The heading of a group of rows: sorts by what needs a hand. */
export const GroupHeading = ({ span, title, count, hint }: GroupHeadingProps) => (
  <tr class="group" {...ROLE.row}>
    <th colspan={span} {...ROLE.head} scope="rowgroup">
      {title} {count !== undefined && <span class="tab-count">{count}</span>}{' '}
      {hint && <span class="group-hint">· {hint}</span>}
    </th>
  </tr>
)

/** A row; `live` while its work moves. */
export const Row = ({ live = false, children }: { live?: boolean; children: Child }) => (
  <tr class={live ? 'is-live' : undefined} {...ROLE.row}>
    {children}
  </tr>
)

interface CellProps {
  at?: CellPlace
  number?: boolean
  /** Names the cell on a phone, where the column heads are not seen. */
  label?: string
  span?: number
  children?: Child
}

const look = (at: CellPlace | undefined, number: boolean) =>
  [at && `at-${at}`, number && 'num'].filter(Boolean).join(' ') || undefined

export const Cell = ({ at, number = false, label, span, children }: CellProps) => (
  <td class={look(at, number)} colspan={span} data-l={label} {...ROLE.cell}>
    {children}
  </td>
)

interface HeadCellProps {
  at?: CellPlace
  /** Where the row leads; on a phone the whole entry is the target. */
  href?: string
  children: Child
  /** "#1844" */
  number?: Child
  /** A second line, which a phone leaves out. */
  sub?: Child
}

/** The cell that names its row. */
export const HeadCell = ({ at, href, children, number, sub }: HeadCellProps) => (
  <th class={look(at, false)} {...ROLE.head}>
    {href === undefined ? (
      children
    ) : (
      <a class="link-quiet" href={href}>
        {children}
      </a>
    )}
    {number && <span class="row-no"> {number}</span>}
    {sub && <span class="row-sub">{sub}</span>}
  </th>
)
