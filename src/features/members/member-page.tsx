import { isWithin, type ScopeOfAccess } from '../../access/index.ts'
import {
  Badge,
  Button,
  Facts,
  LinkButton,
  PageHeader,
  Part,
  SavedNote,
  WhyNot,
} from '../../web/components/index.ts'
import type { Reader } from '../../web/index.ts'
import { Page, type Shell } from '../../web/layout/index.ts'
import { AccessFields, type Issue, IssueSummary } from './access-fields.tsx'
import type { TypedAccess } from './access-input.ts'
import { MEMBERS, memberHref } from './at-hand.ts'
import { LinkOnce, type LinkOnceProps } from './link-once.tsx'
import { Ago, Day, reachWords, roleName, TenantRoles, whoCan } from './member-cells.tsx'
import { type Asked, MemberConfirmation } from './member-confirmation.tsx'
import { type ChoosableTenant, type Member, scopeOf } from './members.ts'
import { membersWords } from './members.words.ts'

export interface MemberPageProps {
  shell: Shell
  reader: Reader
  member: Member
  own: ScopeOfAccess
  isOneself: boolean
  isManaged: boolean
  typed: TypedAccess
  choices: readonly ChoosableTenant[]
  issues: readonly Issue[]
  /** What wants to be confirmed before it is done. */
  asked: Asked | null
  made: LinkOnceProps | null
  /** Their access was changed just now. */
  saved: boolean
}

/** One member: what they may do where, and what can be changed about it. */
export const MemberPage = ({ shell, ...props }: MemberPageProps) => {
  const { asked, isManaged, isOneself, made, member, reader, saved } = props
  const words = membersWords(reader.language)
  return (
    <Page
      shell={shell}
      title={member.name}
      crumbs={[
        { label: shell.workspace.name, href: '/admin' },
        { label: words.title, href: MEMBERS },
        { label: member.name },
      ]}
      at={MEMBERS}
    >
      <PageHeader
        title={member.name}
        pill={isOneself && <Badge>{words.you}</Badge>}
        facts={[<span class="break-all">{member.email}</span>]}
      />
      {saved && <SavedNote>{words.access.saved}</SavedNote>}
      {made && <LinkOnce {...made} reader={reader} />}
      {asked && <MemberConfirmation {...props} asked={asked} workspace={shell.workspace.name} />}
      <MemberFacts {...props} />
      {isManaged && whyUntouched(props) === null ? (
        <Changes {...props} />
      ) : (
        <p class="mt-6">
          <WhyNot id="why-not">{whyUntouched(props) ?? whoCan(reader)}</WhyNot>
        </p>
      )}
    </Page>
  )
}

type Props = Omit<MemberPageProps, 'shell'>

/** Why somebody who manages people cannot change this one; null when they can. */
function whyUntouched({ isManaged, isOneself, member, own, reader }: Props): string | null {
  const { faults } = membersWords(reader.language)
  if (!isManaged) return null
  if (isOneself) return faults.oneself
  return isWithin(scopeOf(member), own) ? null : faults.beyond_yourself
}

const MemberFacts = ({ isManaged, member, own, reader }: Props) => {
  const words = membersWords(reader.language)
  const { reach, role, seen, since, twoFactor } = words.facts
  return (
    <div class="mt-4">
      <Facts
        facts={[
          { label: role, value: roleName(member.role, reader) },
          {
            label: reach,
            value: reachWords(member, own, reader),
            detail: <TenantRoles access={member} own={own} reader={reader} />,
          },
          { label: since, value: <Day at={member.since} reader={reader} /> },
          ...(isManaged
            ? [
                { label: twoFactor, value: member.twoFactor ? words.twoFactor.on : words.twoFactor.off },
                {
                  label: seen,
                  value: member.lastSeen ? <Ago at={member.lastSeen} reader={reader} /> : words.neverSeen,
                },
              ]
            : []),
        ]}
      />
    </div>
  )
}

const Changes = ({ choices, issues, member, reader, typed }: Props) => {
  const words = membersWords(reader.language)
  const href = memberHref(member.id)
  return (
    <>
      <Part id="access" title={words.access.title}>
        <form class="form" method="post" action={href} novalidate>
          <IssueSummary issues={issues} reader={reader} />
          <AccessFields typed={typed} choices={choices} issues={issues} reader={reader} />
          <div class="form-end">
            <Button look="primary">{words.access.save}</Button>
          </div>
        </form>
      </Part>
      <Part id="sign-in" title={words.reset.title} lead={words.reset.lead}>
        <div class="flex flex-wrap gap-2">
          <LinkButton href={`${href}?confirm=reset-link#confirm`}>{words.reset.button}</LinkButton>
          {member.twoFactor && (
            <LinkButton href={`${href}?confirm=reset-both#confirm`}>{words.reset.buttonBoth}</LinkButton>
          )}
        </div>
      </Part>
      <Part id="remove" title={words.remove.title} lead={words.remove.lead}>
        <LinkButton href={`${href}?confirm=remove#confirm`}>{words.remove.button}</LinkButton>
      </Part>
    </>
  )
}
