import { isWithin, type ScopeOfAccess } from '../../access/index.ts'
import { Badge, Button, Cell, DataTable, HeadCell, Row, RowGroup } from '../../web/components/index.ts'
import type { Reader } from '../../web/index.ts'
import { invitationHref, MEMBERS } from './at-hand.ts'
import { reachWords, roleName } from './member-cells.tsx'
import { type Invitation, scopeOf } from './members.ts'
import { membersWords } from './members.words.ts'

interface TableProps {
  invitations: readonly Invitation[]
  own: ScopeOfAccess
  reader: Reader
}

/** Open invitations, with what can be done about each. */
export const InvitationTable = ({ invitations, own, reader }: TableProps) => {
  const { columns, title } = membersWords(reader.language).invitations
  const labels = [columns.email, columns.role, columns.reach, columns.by, columns.until, columns.change]
  return (
    <DataTable layout="plain" caption={title} columns={labels.map((label) => ({ label }))}>
      <RowGroup>
        {invitations.map((invitation) => (
          <InvitationRow invitation={invitation} own={own} reader={reader} />
        ))}
      </RowGroup>
    </DataTable>
  )
}

const InvitationRow = ({
  invitation,
  own,
  reader,
}: Omit<TableProps, 'invitations'> & { invitation: Invitation }) => {
  const words = membersWords(reader.language).invitations
  const { email, expiresAt, id, inviterName, isExpired, role } = invitation
  const until = reader.say.time(expiresAt.toISOString())
  return (
    <Row>
      <HeadCell>{email}</HeadCell>
      <Cell label={words.columns.role}>{roleName(role, reader)}</Cell>
      <Cell label={words.columns.reach}>{reachWords(invitation, own, reader)}</Cell>
      <Cell label={words.columns.by}>{inviterName}</Cell>
      <Cell label={words.columns.until}>
        {isExpired ? <Badge tone="act">{words.expired(until)}</Badge> : until}
      </Cell>
      <Cell label={words.columns.change}>
        {isWithin(scopeOf(invitation), own) ? (
          <span class="flex flex-wrap gap-2">
            <form method="post" action={`${invitationHref(id)}/renew`}>
              <Button small name="renew" value="yes">
                {words.renew}
                <span class="sr-only"> {email}</span>
              </Button>
            </form>
            <a class="btn btn-quiet btn-sm" href={`${MEMBERS}?revoke=${id}#confirm`}>
              {words.revoke}
              <span class="sr-only"> {email}</span>
            </a>
          </span>
        ) : (
          words.beyond
        )}
      </Cell>
    </Row>
  )
}
