import { rolesWith } from '../../access/index.ts'
import { EmptyState, LinkButton } from '../../web/components/index.ts'
import { type Reader, webWords } from '../../web/index.ts'
import { dutyCounts, type ListedTenant } from './tenant-list.ts'
import { tenantsWords } from './tenants.words.ts'

interface DutyProps {
  tenants: readonly ListedTenant[]
  reader: Reader
}

/** The sentence for the person on duty. */
export const Duty = ({ reader, tenants }: DutyProps) => {
  const words = tenantsWords(reader.language)
  const counts = dutyCounts(tenants)
  if (counts.active === 0) return <>{words.allArchived}</>
  const { quiet, strong } = words.duty(counts)
  return (
    <>
      {quiet} {counts.blocked > 0 ? <strong>{strong}</strong> : strong}
    </>
  )
}

interface NoTenantsProps {
  mayAdd: boolean
  reader: Reader
}

/** The first day of a workspace: what a tenant is and how it comes to be. */
export const NoTenants = ({ mayAdd, reader }: NoTenantsProps) => {
  const { addTenant, none } = tenantsWords(reader.language)
  const { roles } = webWords(reader.language)
  const who = rolesWith('workspace.onboarding.manage').map((role) => roles[role])
  const list = new Intl.ListFormat(reader.language, { type: 'disjunction' })
  return (
    <EmptyState title={none.title} text={none.text}>
      {mayAdd ? (
        <LinkButton href="/admin/tenants/new" look="primary">
          {addTenant}
        </LinkButton>
      ) : (
        <span class="text-ui text-ink-2">{none.denied(list.format(who))}</span>
      )}
    </EmptyState>
  )
}
