import { roleMay } from '../../access/index.ts'
import {
  Badge,
  Cell,
  DataTable,
  HeadCell,
  NextStepItem,
  NextStepLink,
  Part,
  Row,
  RowGroup,
  Time,
} from '../../web/components/index.ts'
import type { Reader } from '../../web/index.ts'
import { CONNECTIONS, connectionHref, credentialHref } from './at-hand.ts'
import { whoCan } from './connection-cells.tsx'
import { connectionsWords } from './connections.words.ts'
import { endingWords } from './ending.words.ts'
import type { EndingCredential } from './expiring.sql.ts'
import { expiryStep, TONE_OF_STEP } from './expiry.ts'

interface EndingProps {
  ending: readonly EndingCredential[]
  reader: Reader
}

const MOST_SHOWN = 6

/** The credentials that end soon, each with the place where it is renewed; nothing when none does. */
export const EndingCredentials = ({ ending, reader }: EndingProps) => {
  if (ending.length === 0) return null
  const words = endingWords(reader.language)
  const { columns } = words
  const beyond = ending.length > MOST_SHOWN && {
    end: <NextStepLink href={`${CONNECTIONS}?show=ending`} text={words.all(ending.length)} />,
  }
  return (
    <Part id="credentials-end" title={words.title} lead={words.lead(ending.length)} {...beyond}>
      <DataTable
        layout="plain"
        caption={words.title}
        columns={[{ label: columns.connection }, { label: columns.ends }, { label: columns.next }]}
      >
        <RowGroup>
          {ending.slice(0, MOST_SHOWN).map((one) => (
            <EndingRow one={one} reader={reader} />
          ))}
        </RowGroup>
      </DataTable>
    </Part>
  )
}

const EndingRow = ({ one, reader }: { one: EndingCredential; reader: Reader }) => {
  const words = endingWords(reader.language)
  const step = expiryStep(one.expiresAt, one.at) ?? 'urgent'
  return (
    <Row>
      <HeadCell href={connectionHref(one.connectionId)} sub={one.label}>
        {one.tenantName}
      </HeadCell>
      <Cell label={words.columns.ends}>
        <span>
          <Badge tone={TONE_OF_STEP[step]}>{words.steps[step](reader.ago(one.expiresAt, one.at))}</Badge>
          <span class="sub block">
            {connectionsWords(reader.language).kinds[one.kind]},{' '}
            <Time at={one.expiresAt} exact={reader.exact(one.expiresAt)}>
              {reader.say.time(one.expiresAt.toISOString())}
            </Time>
          </span>
        </span>
      </Cell>
      <Cell label={words.columns.next}>
        <NextStepItem step={stepFor(one, reader)} />
      </Cell>
    </Row>
  )
}

/** Renewed by whoever may; where a new one is stored already, only its check is left. */
function stepFor({ connectionId, nextWaits, role }: EndingCredential, reader: Reader) {
  const words = endingWords(reader.language)
  const href = credentialHref(connectionId)
  if (nextWaits) return { kind: 'link', text: words.check, href: `${href}#next` } as const
  if (!roleMay(role, 'tenant.credentials.rotate'))
    return { kind: 'sentence', text: whoCan('tenant.credentials.rotate', reader) } as const
  return { kind: 'link', text: words.renew, href: `${href}#store` } as const
}
