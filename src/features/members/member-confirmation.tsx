import type { ScopeOfAccess } from '../../access/index.ts'
import type { Reader } from '../../web/index.ts'
import { type TypedAccess, tenantField } from './access-input.ts'
import { memberHref } from './at-hand.ts'
import { Confirmation } from './confirmation.tsx'
import { makesOwner } from './decide-change.ts'
import { reachWords, roleName } from './member-cells.tsx'
import { type GivenAccess, type Member, scopeOf } from './members.ts'
import { membersWords } from './members.words.ts'

/** What was asked for and is not done yet. */
export type Asked =
  | { readonly kind: 'change'; readonly after: GivenAccess; readonly typed: TypedAccess }
  | { readonly kind: 'reset-link' | 'reset-both' | 'remove' }

interface MemberConfirmationProps {
  asked: Asked
  member: Member
  own: ScopeOfAccess
  reader: Reader
  workspace: string
}

/** Says what would follow, and asks once more. */
export const MemberConfirmation = ({ asked, member, own, reader, workspace }: MemberConfirmationProps) => {
  const words = membersWords(reader.language)
  const href = memberHref(member.id)
  const back = { cancelHref: href, reader }
  if (asked.kind === 'change') {
    const { after, before, button, consequence, effect, makesOwner: raise, title } = words.confirmChange
    const isRaise = makesOwner(scopeOf(member), scopeOf(asked.after))
    const said = (access: GivenAccess) => accessWords(access, own, reader)
    return (
      <Confirmation
        title={isRaise ? raise.title(member.name) : title(member.name)}
        sums={[
          { label: before, value: said(member) },
          { label: after, value: said(asked.after) },
          ...(isRaise ? [{ label: raise.what, value: raise.effect }] : []),
          { label: consequence, value: effect },
        ]}
        href={href}
        hidden={{ ...hiddenOf(asked.typed), confirmed: 'yes' }}
        button={isRaise ? raise.button : button}
        {...back}
      />
    )
  }
  if (asked.kind !== 'remove') {
    const isBoth = asked.kind === 'reset-both'
    const { button, effect, record, recorded, secondFactor, secondFactorOff, title, what } =
      words.reset.confirm
    return (
      <Confirmation
        title={title(member.name)}
        sums={[
          { label: what, value: effect },
          ...(isBoth ? [{ label: secondFactor, value: secondFactorOff }] : []),
          { label: record, value: recorded },
        ]}
        href={`${href}/reset-link`}
        {...(isBoth && { hidden: { twoFactor: 'off' } })}
        button={button}
        {...back}
      />
    )
  }
  const confirm = words.remove.confirm
  return (
    <Confirmation
      title={confirm.title(member.name, workspace)}
      sums={[
        { label: confirm.sessions, value: confirm.sessionsEnd },
        { label: confirm.keys, value: confirm.keysEnd },
        { label: confirm.work, value: confirm.workEnds },
        { label: confirm.invitations, value: confirm.invitationsEnd },
      ]}
      href={`${href}/remove`}
      button={confirm.button}
      {...back}
    />
  )
}

/** "Operator · 2 selected tenants · Adventure Works: Read only" */
function accessWords(access: GivenAccess, own: ScopeOfAccess, reader: Reader): string {
  const { roleAt } = membersWords(reader.language)
  const { reach, role, tenants } = access
  const named = tenants.filter((tenant) => tenant.role !== null || reach === 'selected')
  return [
    roleName(role, reader),
    reachWords(access, own, reader),
    ...named.map((tenant) => roleAt(tenant.name, roleName(tenant.role ?? role, reader))),
  ].join(' · ')
}

/** The form as it was sent, to be sent again. */
const hiddenOf = ({ reach, role, tenants }: TypedAccess): Record<string, string> => ({
  role,
  reach,
  ...Object.fromEntries(
    Object.entries(tenants)
      .filter(([, value]) => value !== '')
      .map(([directoryId, value]) => [tenantField(directoryId), value]),
  ),
})
