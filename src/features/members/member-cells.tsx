import { type Role, roleAt, rolesWith, type ScopeOfAccess } from '../../access/index.ts'
import { Time } from '../../web/components/index.ts'
import { type Reader, webWords } from '../../web/index.ts'
import { MANAGE } from './at-hand.ts'
import type { GivenAccess } from './members.ts'
import { membersWords } from './members.words.ts'

/** "Owner" */
export const roleName = (role: Role, { language }: Reader): string => webWords(language).roles[role]

/** Who can change people, for those who cannot. */
export function whoCan({ language }: Reader): string {
  const roles = rolesWith(MANAGE).map((role) => webWords(language).roles[role])
  return membersWords(language).who(new Intl.ListFormat(language, { type: 'disjunction' }).format(roles))
}

/** How far access reaches, in one line: "3 selected tenants", "All tenants, another role at 1". */
export function reachWords(
  { reach, tenants }: GivenAccess,
  own: ScopeOfAccess,
  { language }: Reader,
): string {
  const words = membersWords(language).reaches
  const seen = tenants.filter(({ id }) => roleAt(own, id) !== null)
  if (reach === 'selected') return own.reach === 'all' ? words.selected(tenants.length) : words.unseen
  const others = seen.filter(({ role }) => role !== null).length
  return others === 0 ? words.all : `${words.all}, ${words.others(others)}`
}

/** Each tenant that access names and the reader reaches too, with the role there. */
export function TenantRoles({
  access,
  own,
  reader,
}: {
  access: GivenAccess
  own: ScopeOfAccess
  reader: Reader
}) {
  const words = membersWords(reader.language)
  const seen = access.tenants.filter(({ id }) => roleAt(own, id) !== null)
  if (seen.length === 0) return null
  return (
    <ul class="mt-1">
      {seen.map(({ directoryId, name, role }) => (
        <li>
          <a class="link" href={`/admin/t/${directoryId}`}>
            {words.roleAt(name, roleName(role ?? access.role, reader))}
          </a>
        </li>
      ))}
    </ul>
  )
}

/** A moment as an age, with the whole moment behind it. */
export const Ago = ({ at, reader }: { at: Date; reader: Reader }) => (
  <Time at={at} exact={reader.exact(at)}>
    {reader.ago(at)}
  </Time>
)

/** A day, with the whole moment behind it. */
export const Day = ({ at, reader }: { at: Date; reader: Reader }) => (
  <Time at={at} exact={reader.exact(at)}>
    {reader.say.date(at.toISOString())}
  </Time>
)
