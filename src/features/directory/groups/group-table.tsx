import { legible } from '../../../kernel/index.ts'
import { Badge, Cell, DataTable, HeadCell, Row, RowGroup, Time } from '../../../web/components/index.ts'
import type { Reader } from '../../../web/index.ts'
import type { ListedGroup } from './groups.sql.ts'
import { groupWords } from './groups.words.ts'

interface GroupTableProps {
  rows: readonly ListedGroup[]
  reader: Reader
  /** The address of the list, below which each has its page. */
  list: string
}

/** Groups in a table, a short list on a phone. */
export const GroupTable = ({ list, reader, rows }: GroupTableProps) => {
  const words = groupWords(reader.language)
  const { columns } = words
  return (
    <DataTable
      layout="plain"
      caption={words.title}
      columns={[
        { label: columns.name },
        { label: columns.kind },
        { label: columns.membership },
        { label: columns.changed, number: true },
      ]}
    >
      <RowGroup>
        {rows.map((row) => (
          <Row>
            <HeadCell
              href={`${list}/${encodeURIComponent(row.group_id)}`}
              sub={legible(row.mail ?? row.description ?? '')}
            >
              {legible(row.display_name)}
            </HeadCell>
            <Cell label={columns.kind}>{words.kinds[row.kind]}</Cell>
            <Cell label={columns.membership}>
              {row.gone_since ? (
                <Badge tone="act" mark="check_first">
                  {words.gone} <Moment at={row.gone_since} reader={reader} />
                </Badge>
              ) : (
                <span>{row.membership_rule === null ? words.assigned : words.dynamic}</span>
              )}
            </Cell>
            <Cell number label={columns.changed}>
              {row.changed_at && <Moment at={row.changed_at} reader={reader} />}
            </Cell>
          </Row>
        ))}
      </RowGroup>
    </DataTable>
  )
}

const Moment = ({ at, reader }: { at: Date; reader: Reader }) => (
  <Time at={at} exact={reader.exact(at)}>
    {reader.ago(at)}
  </Time>
)
