import { legible } from '../../../kernel/index.ts'
import { Badge, Cell, DataTable, HeadCell, Row, RowGroup, Time } from '../../../web/components/index.ts'
import type { Reader } from '../../../web/index.ts'
import type { ListedRoleDefinition } from './role-definitions.sql.ts'
import { roleDefinitionWords } from './role-definitions.words.ts'

interface RoleDefinitionTableProps {
  rows: readonly ListedRoleDefinition[]
  reader: Reader
  /** The address of the list, below which each has its page. */
  list: string
}

/** Role definitions in a table, a short list on a phone. */
export const RoleDefinitionTable = ({ list, reader, rows }: RoleDefinitionTableProps) => {
  const words = roleDefinitionWords(reader.language)
  const { columns } = words
  return (
    <DataTable
      layout="plain"
      caption={words.title}
      columns={[
        { label: columns.name },
        { label: columns.kind },
        { label: columns.state },
        { label: columns.changed, number: true },
      ]}
    >
      <RowGroup>
        {rows.map((row) => (
          <Row>
            <HeadCell
              href={`${list}/${encodeURIComponent(row.role_definition_id)}`}
              sub={row.description && legible(row.description)}
            >
              {legible(row.display_name)}
            </HeadCell>
            <Cell label={columns.kind}>{row.is_built_in ? words.builtIn : words.custom}</Cell>
            <Cell label={columns.state}>
              {row.gone_since ? (
                <Badge tone="act" mark="check_first">
                  {words.gone} <Moment at={row.gone_since} reader={reader} />
                </Badge>
              ) : (
                <span>{row.is_enabled ? words.enabled : words.disabled}</span>
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
