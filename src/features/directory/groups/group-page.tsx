import { legible } from '../../../kernel/index.ts'
import { type Fact, Facts, PageHeader, Part, StatePill, Time } from '../../../web/components/index.ts'
import { type Reader, runHref, webWords } from '../../../web/index.ts'
import { Page, type Shell } from '../../../web/layout/index.ts'
import { groupsHref, type TenantAtHand, tenantHref } from '../../tenants/index.ts'
import { RawObject } from '../raw-object.tsx'
import type { SeenGroup } from './groups.sql.ts'
import { groupWords } from './groups.words.ts'

export interface GroupPageProps {
  shell: Shell
  reader: Reader
  tenant: TenantAtHand['tenant']
  group: SeenGroup
}

/** One group: what it is, since when it is known, and the object it came as. */
export const GroupPage = ({ group, reader, shell, tenant }: GroupPageProps) => {
  const words = groupWords(reader.language)
  const name = legible(group.display_name)
  const crumbs = [
    { label: shell.workspace.name, href: '/admin' },
    { label: webWords(reader.language).nav.tenants, href: '/admin/tenants' },
    { label: tenant.name, href: tenantHref(tenant) },
    { label: words.title, href: groupsHref(tenant) },
    { label: name },
  ]
  return (
    <Page shell={shell} title={`${name} · ${tenant.name}`} crumbs={crumbs} at="/admin/tenants">
      <PageHeader
        title={name}
        lead={group.description ? legible(group.description) : words.noDescription}
        {...(group.gone_since && { pill: <StatePill state="check_first">{words.gone}</StatePill> })}
      />
      <div class="mt-6">
        <Facts facts={factsOf(group, reader)} />
      </div>
      {group.membership_rule !== null && (
        <Part id="rule" title={words.rule} lead={words.ruleLead}>
          <pre class="mono overflow-x-auto text-ui" tabindex={0}>
            {legible(group.membership_rule)}
          </pre>
        </Part>
      )}
      <RawObject raw={group.raw} title={words.raw} hint={words.rawHint} />
    </Page>
  )
}

function factsOf(group: SeenGroup, reader: Reader): Fact[] {
  const words = groupWords(reader.language)
  const { facts } = words
  const runId = group.last_seen_run_id
  const seenBy = (
    <>
      {words.seenBy}{' '}
      <a class="link" href={runHref(runId)}>
        {webWords(reader.language).operationNumber(runId)}
      </a>
    </>
  )
  const moment = (label: string, at: Date | null): Fact[] =>
    at ? [{ label, value: <Ago at={at} reader={reader} /> }] : []
  return [
    { label: facts.kind, value: words.kinds[group.kind] },
    { label: facts.membership, value: group.membership_rule === null ? words.assigned : words.dynamic },
    ...(group.mail
      ? [{ label: facts.mail, value: <span class="break-all">{legible(group.mail)}</span> }]
      : []),
    ...moment(facts.firstSeen, group.first_seen_at),
    { label: facts.lastSeen, value: <Ago at={group.last_seen_at} reader={reader} />, detail: seenBy },
    ...moment(facts.changed, group.changed_at),
    ...(group.gone_since
      ? [
          {
            label: facts.gone,
            value: <Ago at={group.gone_since} reader={reader} />,
            detail: words.goneHow[group.gone_how as keyof typeof words.goneHow] ?? '',
          },
        ]
      : []),
    { label: facts.id, value: <span class="mono break-all">{legible(group.group_id)}</span> },
  ]
}

const Ago = ({ at, reader }: { at: Date; reader: Reader }) => (
  <Time at={at} exact={reader.exact(at)}>
    {reader.ago(at)}
  </Time>
)
