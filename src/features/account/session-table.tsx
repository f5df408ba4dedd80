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
              <Used at={session.id === own ? new Date() : session.updated_at} reader={reader} />
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

/** That a session is used is noted once an hour; of the one that this page is read in more is known. */
const Used = ({ at, reader }: { at: Date; reader: Reader }) => (
  <Time at={at} exact={reader.exact(at)}>
    {reader.ago(at)}
  </Time>
)

function deviceName(userAgent: string | null, { language }: Reader): string {
  const words = accountWords(language).sessions
  const device = deviceOf(userAgent)
  return device ? words.on(device.browser, device.system) : words.unknown
}
