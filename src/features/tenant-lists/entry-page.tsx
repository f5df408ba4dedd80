import { legible } from '../../kernel/index.ts'
import { type Fact, Facts, PageHeader, StatePill } from '../../web/components/index.ts'
import { type Reader, runHref, webWords } from '../../web/index.ts'
import { Page, type Shell } from '../../web/layout/index.ts'
import { type TenantAtHand, tenantHref } from '../tenants/index.ts'
import { listWords } from './list.words.ts'
import { Moment } from './moment.tsx'
import { RawObject } from './raw-object.tsx'
import type { TenantList, WholeEntry } from './tenant-list.ts'

interface EntryPageProps {
  shell: Shell
  reader: Reader
  tenant: TenantAtHand['tenant']
  list: TenantList
  /** The address of the list. */
  href: string
  entry: WholeEntry
}

/** One entry of a list: what it is, since when it is known, and the object it came as. */
export function EntryPage(props: EntryPageProps) {
  const { entry, href, list, reader, shell, tenant } = props
  const words = listWords(reader.language)
  const noun = list.words(reader.language)
  const name = legible(entry.display_name)
  const crumbs = [
    { label: shell.workspace.name, href: '/admin' },
    { label: webWords(reader.language).nav.tenants, href: '/admin/tenants' },
    { label: tenant.name, href: tenantHref(tenant) },
    { label: noun.title, href },
    { label: name },
  ]
  return (
    <Page shell={shell} title={`${name} · ${tenant.name}`} crumbs={crumbs} at="/admin/tenants">
      <PageHeader
        title={name}
        lead={entry.description ? legible(entry.description) : noun.noDescription}
        {...(entry.gone_since && { pill: <StatePill state="check_first">{words.gone}</StatePill> })}
      />
      <div class="mt-6">
        <Facts
          facts={[
            ...list.facts(entry, noun, reader),
            ...knownSince(entry, list.goneHow(entry, noun), reader),
            {
              label: words.facts.id,
              value: <span class="mono break-all">{legible(list.objectId?.(entry) ?? entry.id)}</span>,
            },
            ...list.moreFacts(entry, noun),
          ]}
        />
      </div>
      {list.parts(entry, noun, reader)}
      <RawObject raw={entry.raw} title={words.raw} hint={noun.rawHint} />
    </Page>
  )
}

function knownSince(entry: WholeEntry, goneHow: string | null, reader: Reader): Fact[] {
  const words = listWords(reader.language)
  const { facts } = words
  const runId = entry.last_seen_run_id
  const readBy = runId !== null && (
    <>
      {words.readBy}{' '}
      <a class="link" href={runHref(runId)}>
        {webWords(reader.language).operationNumber(runId)}
      </a>
    </>
  )
  const moment = (label: string, at: Date | null, detail?: Fact['detail']): Fact[] =>
    at ? [{ label, value: <Moment at={at} reader={reader} />, ...(detail && { detail }) }] : []
  return [
    ...moment(facts.firstSeen, entry.first_seen_at),
    ...moment(facts.lastSeen, entry.last_seen_at, readBy),
    ...moment(facts.changed, entry.changed_at),
    ...moment(facts.gone, entry.gone_since, goneHow ?? undefined),
  ]
}
