import { z } from 'zod'
import { legible } from '../../../kernel/index.ts'
import { type Fact, Facts, PageHeader, Part, StatePill, Time } from '../../../web/components/index.ts'
import { type Reader, runHref, webWords } from '../../../web/index.ts'
import { Page, type Shell } from '../../../web/layout/index.ts'
import { roleDefinitionsHref, type TenantAtHand, tenantHref } from '../../tenants/index.ts'
import { RawObject } from '../raw-object.tsx'
import type { SeenRoleDefinition } from './role-definitions.sql.ts'
import { roleDefinitionWords } from './role-definitions.words.ts'

export interface RoleDefinitionPageProps {
  shell: Shell
  reader: Reader
  tenant: TenantAtHand['tenant']
  definition: SeenRoleDefinition
}

/** One role definition: what it allows, since when it is known, and the object it came as. */
export const RoleDefinitionPage = ({ definition, reader, shell, tenant }: RoleDefinitionPageProps) => {
  const words = roleDefinitionWords(reader.language)
  const name = legible(definition.display_name)
  const crumbs = [
    { label: shell.workspace.name, href: '/admin' },
    { label: webWords(reader.language).nav.tenants, href: '/admin/tenants' },
    { label: tenant.name, href: tenantHref(tenant) },
    { label: words.title, href: roleDefinitionsHref(tenant) },
    { label: name },
  ]
  return (
    <Page shell={shell} title={`${name} · ${tenant.name}`} crumbs={crumbs} at="/admin/tenants">
      <PageHeader
        title={name}
        lead={definition.description ? legible(definition.description) : words.noDescription}
        {...(definition.gone_since && { pill: <StatePill state="check_first">{words.gone}</StatePill> })}
      />
      <div class="mt-6">
        <Facts facts={factsOf(definition, reader)} />
      </div>
      <AllowedActions raw={definition.raw} reader={reader} />
      <RawObject raw={definition.raw} title={words.raw} hint={words.rawHint} />
    </Page>
  )
}

const origin = z.object({ templateId: z.string().nullish(), version: z.string().nullish() })

function factsOf(definition: SeenRoleDefinition, reader: Reader): Fact[] {
  const words = roleDefinitionWords(reader.language)
  const { facts } = words
  const { templateId, version } = origin.safeParse(definition.raw).data ?? {}
  const runId = definition.last_seen_run_id
  const seenBy = (
    <>
      {words.seenBy}{' '}
      <a class="link" href={runHref(runId)}>
        {webWords(reader.language).operationNumber(runId)}
      </a>
    </>
  )
  const text = (label: string, value: string | null | undefined): Fact[] =>
    value ? [{ label, value: <span class="mono break-all">{legible(value)}</span> }] : []
  const moment = (label: string, at: Date | null): Fact[] =>
    at ? [{ label, value: <Ago at={at} reader={reader} /> }] : []
  return [
    { label: facts.kind, value: definition.is_built_in ? words.builtIn : words.custom },
    { label: facts.state, value: definition.is_enabled ? words.enabled : words.disabled },
    ...moment(facts.firstSeen, definition.first_seen_at),
    { label: facts.lastSeen, value: <Ago at={definition.last_seen_at} reader={reader} />, detail: seenBy },
    ...moment(facts.changed, definition.changed_at),
    ...moment(facts.gone, definition.gone_since),
    ...text(facts.id, definition.role_definition_id),
    ...text(facts.templateId, templateId),
    ...text(facts.version, version),
  ]
}

const Ago = ({ at, reader }: { at: Date; reader: Reader }) => (
  <Time at={at} exact={reader.exact(at)}>
    {reader.ago(at)}
  </Time>
)

const permissions = z.object({
  rolePermissions: z.array(z.object({ allowedResourceActions: z.array(z.string()).catch([]) })).catch([]),
})

const AllowedActions = ({ raw, reader }: { raw: unknown; reader: Reader }) => {
  const words = roleDefinitionWords(reader.language)
  const read = permissions.safeParse(raw)
  const sets = read.success ? read.data.rolePermissions : []
  const actions = [...new Set(sets.flatMap((set) => set.allowedResourceActions))].sort()
  if (actions.length === 0)
    return (
      <Part id="actions" title={words.actions}>
        <p class="text-ink-2">{words.noActions}</p>
      </Part>
    )
  return (
    <Part id="actions" title={words.actions} lead={words.actionCount(actions.length)}>
      <ul class="grid gap-1 text-ui">
        {actions.map((action) => (
          <li class="mono break-all">{action}</li>
        ))}
      </ul>
    </Part>
  )
}
