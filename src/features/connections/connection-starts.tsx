import type { Child } from 'hono/jsx'
import { roleMay } from '../../access/index.ts'
import { definitionOf, type OperationCode } from '../../engine/catalog/index.ts'
import type { StartVerdict, TenantForecast } from '../../engine/gate/index.ts'
import type { Reason } from '../../engine/reasons/index.ts'
import { StartList, StartRow } from '../../web/components/index.ts'
import { type Reader, startRowId, webWords } from '../../web/index.ts'
import { OperationRow } from '../tenants/index.ts'
import { connectionHref } from './at-hand.ts'
import { connectionWords } from './connection.words.ts'
import { Ago, reasonWords } from './connection-cells.tsx'
import type { Standing } from './connection-standing.ts'
import type { SeenConnection } from './connections.sql.ts'

export interface StartsProps {
  reader: Reader
  connection: SeenConnection
  standing: Standing
  /** What a start of each operation through this connection would come to; in the order of the rows. */
  verdicts: ReadonlyMap<OperationCode, StartVerdict>
  ground: TenantForecast['ground']
}

/** A row for each operation that this path starts; a reason that was told above is not told again. */
export const Starts = (props: StartsProps) => {
  const { connection, ground, reader, standing, verdicts } = props
  return (
    <StartList>
      {[...verdicts].map(([operation, verdict]) => {
        const row = {
          operation,
          reader,
          href: `${connectionHref(connection.id)}/actions/${operation}/start`,
          ...(operation === 'provider.connection.check' && {
            sub: <LastCheck connection={connection} reader={reader} />,
          }),
        }
        const mayStart = roleMay(connection.tenant.role, definitionOf(operation).capability)
        const told = verdict.kind === 'blocked' && verdict.reason.code === standing.reason?.code
        if (mayStart && told) return <ToldRow {...row} reason={verdict.reason} />
        return <OperationRow {...row} verdict={verdict} ground={ground} />
      })}
    </StartList>
  )
}

interface ToldRowProps {
  operation: OperationCode
  reader: Reader
  href: string
  sub?: Child
  reason: Reason
}

/** A start that would be held for what the page says first; still pressable, like every held start. */
const ToldRow = ({ href, operation, reader, reason, ...row }: ToldRowProps) => {
  const { noun, short, title } = definitionOf(operation).words[reader.language]
  const { forecast } = webWords(reader.language)
  return (
    <StartRow
      {...row}
      id={startRowId(operation)}
      noun={noun}
      reasonId="decision"
      action={{
        kind: 'start',
        href,
        label: { whole: title, short },
        forecast: { tone: 'blocked', text: forecast.blocked(reasonWords(reason, reader).label) },
      }}
      more={<a href="#decision">{connectionWords(reader.language).told}</a>}
    />
  )
}

const LastCheck = ({
  connection: { lastCheckAt },
  reader,
}: {
  connection: SeenConnection
  reader: Reader
}) => {
  const words = connectionWords(reader.language)
  return lastCheckAt ? (
    <Ago at={lastCheckAt} reader={reader} say={words.checked} />
  ) : (
    <span>{words.neverChecked}</span>
  )
}
