import type { sessionsOf } from '../../access/index.ts'
import { Badge, Button, Cell, DataTable, HeadCell, Row, RowGroup, Time } from '../../web/components/index.ts'
import type { Reader } from '../../web/index.ts'
import { accountWords } from './account.words.ts'
import { ACCOUNT } from './at-hand.ts'
import { deviceOf } from './device.ts'

interface SessionTableProps {
  sessions: Awaited<ReturnType<typeof sessionsOf>>
  /** The session that this page is read in. */
  own: string
  reader: Reader
}

/** Where somebody is signed in, the session used last first. */
export const SessionTable = ({ own, reader, sessions }: SessionTableProps) => {
  const words = accountWords(reader.language).sessions
  const { address, device, end, since, used } = words.columns
  return (
    <DataTable
      layout="plain"
      caption={words.title}
      columns={[device, address, since, used, end].map((label) => ({ label }))}
    >
      <RowGroup>
        {sessions.map((session) => (
          <Row>
            <HeadCell number={session.id === own && <Badge>{words.thisOne}</Badge>}>
              {deviceName(session.user_agent, reader)}
            </HeadCell>
            <Cell label={address}>
              <span class="mono">{session.ip_address || '–'}</span>
            </Cell>
            <Cell label={since}>{reader.say.time(session.created_at.toISOString())}</Cell>
            <Cell label={used}>
              <Time at={session.updated_at} exact={reader.exact(session.updated_at)}>
                {reader.ago(session.updated_at)}
              </Time>
            </Cell>
            <Cell label={end}>
              <form method="post" action={`${ACCOUNT}/sessions/${session.id}/revoke`}>
                <Button small>{words.end}</Button>
              </form>
            </Cell>
          </Row>
        ))}
      </RowGroup>
    </DataTable>
  )
}

function deviceName(userAgent: string | null, { language }: Reader): string {
  const words = accountWords(language).sessions
  const device = deviceOf(userAgent)
  return device ? words.on(device.browser, device.system) : words.unknown
}
