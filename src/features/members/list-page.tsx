import type { ScopeOfAccess } from '../../access/index.ts'
import {
  Badge,
  Cell,
  DataTable,
  DeniedButton,
  EmptyState,
  HeadCell,
  LinkButton,
  PageHeader,
  Part,
  Row,
  RowGroup,
} from '../../web/components/index.ts'
import type { Reader } from '../../web/index.ts'
import { Page, type Shell } from '../../web/layout/index.ts'
import { INVITATIONS, invitationHref, MEMBERS, memberHref } from './at-hand.ts'
import { Confirmation } from './confirmation.tsx'
import { InvitationTable } from './invitation-table.tsx'
import { LinkOnce, type LinkOnceProps } from './link-once.tsx'
import { Ago, Day, reachWords, roleName, whoCan } from './member-cells.tsx'
import type { Invitation, Member } from './members.ts'
import { membersWords } from './members.words.ts'

export interface MembersPageProps {
  shell: Shell
  reader: Reader
  own: ScopeOfAccess
  /** Whose page this is. */
  userId: string
  members: readonly Member[]
  /** Null for those who do not manage people. */
  invitations: readonly Invitation[] | null
  /** A link that was made just now. */
  made: LinkOnceProps | null
  /** The invitation that is about to be withdrawn. */
  revoking: Invitation | null
}

/** Who works in a workspace, and who was asked to. */
export const MembersPage = ({ shell, ...props }: MembersPageProps) => {
  const { invitations, made, members, reader, revoking } = props
  const words = membersWords(reader.language)
  return (
    <Page
      shell={shell}
      title={words.title}
      crumbs={[{ label: shell.workspace.name, href: '/admin' }, { label: words.title }]}
      at={MEMBERS}
    >
      <PageHeader title={words.title} lead={words.lead(members.length, shell.workspace.name)}>
        {invitations ? (
          <LinkButton href={`${INVITATIONS}/new`} look="primary">
            {words.invite}
          </LinkButton>
        ) : (
          <DeniedButton id="invite" why={whoCan(reader)}>
            {words.invite}
          </DeniedButton>
        )}
      </PageHeader>
      {made && <LinkOnce {...made} reader={reader} />}
      {revoking && <ConfirmRevoke invitation={revoking} reader={reader} />}
      <div class="mt-4">
        <MemberTable {...props} />
      </div>
      {invitations && (
        <Part id="invitations" title={words.invitations.title} lead={words.invitations.lead}>
          {invitations.length === 0 ? (
            <EmptyState {...words.invitations.none} />
          ) : (
            <InvitationTable invitations={invitations} own={props.own} reader={reader} />
          )}
        </Part>
      )}
    </Page>
  )
}

const ConfirmRevoke = ({ invitation, reader }: { invitation: Invitation; reader: Reader }) => {
  const { confirm } = membersWords(reader.language).invitations
  return (
    <Confirmation
      title={confirm.title(invitation.email)}
      sums={[{ label: confirm.what, value: confirm.effect }]}
      href={`${invitationHref(invitation.id)}/revoke`}
      button={confirm.button}
      cancelHref={MEMBERS}
      reader={reader}
    />
  )
}

const MemberTable = ({ invitations, members, own, reader, userId }: Omit<MembersPageProps, 'shell'>) => {
  const words = membersWords(reader.language)
  const { name, reach, role, seen, since, twoFactor } = words.columns
  const isManaged = invitations !== null
  const labels = [name, role, reach, ...(isManaged ? [twoFactor] : []), since, ...(isManaged ? [seen] : [])]
  return (
    <DataTable layout="plain" caption={words.title} columns={labels.map((label) => ({ label }))}>
      <RowGroup>
        {members.map((member) => (
          <Row>
            <HeadCell
              href={memberHref(member.id)}
              number={member.userId === userId && <Badge>{words.you}</Badge>}
              sub={member.email}
            >
              {member.name}
            </HeadCell>
            <Cell label={role}>{roleName(member.role, reader)}</Cell>
            <Cell label={reach}>{reachWords(member, own, reader)}</Cell>
            {isManaged && (
              <Cell label={twoFactor}>{member.twoFactor ? words.twoFactor.on : words.twoFactor.off}</Cell>
            )}
            <Cell label={since}>
              <Day at={member.since} reader={reader} />
            </Cell>
            {isManaged && (
              <Cell label={seen}>
                {member.lastSeen ? <Ago at={member.lastSeen} reader={reader} /> : words.neverSeen}
              </Cell>
            )}
          </Row>
        ))}
      </RowGroup>
    </DataTable>
  )
}
