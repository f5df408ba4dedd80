import { roleMay, rolesWith } from '../../access/index.ts'
import type { TenantForecast } from '../../engine/gate/index.ts'
import { AsidePart, LinkButton } from '../../web/components/index.ts'
import { type Reader, webWords } from '../../web/index.ts'
import { changeTenantWords } from './change-tenant.words.ts'
import { tenantHref } from './tenant-frame.tsx'

const MANAGE = 'workspace.onboarding.manage'

/** What can be done with the tenant itself, or who can do it. */
export const ManagePart = ({ ground, reader }: { ground: TenantForecast['ground']; reader: Reader }) => {
  const { manage, who } = changeTenantWords(reader.language)
  const { roles } = webWords(reader.language)
  const href = tenantHref(ground.tenant)
  const list = new Intl.ListFormat(reader.language, { type: 'disjunction' })
  if (!roleMay(ground.role, MANAGE))
    return (
      <AsidePart title={manage.title}>
        <p>{who(list.format(rolesWith(MANAGE).map((role) => roles[role])))}</p>
      </AsidePart>
    )
  const deed = ground.tenant.state === 'archived' ? 'reactivate' : 'archive'
  return (
    <AsidePart title={manage.title}>
      <p class="flex flex-wrap gap-2 mt-2">
        <LinkButton small href={`${href}/edit`}>
          {manage.edit}
        </LinkButton>
        <LinkButton small href={`${href}/${deed}`}>
          {manage[deed]}
        </LinkButton>
      </p>
    </AsidePart>
  )
}
