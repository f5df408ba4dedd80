import type { Child } from 'hono/jsx'
import { definitionOf, type OperationCode } from '../../engine/catalog/index.ts'
import type { TenantForecast } from '../../engine/gate/index.ts'
import { ConfirmArea, type Fact, Facts, LinkButton, PageHeader, Part } from '../../web/components/index.ts'
import { type Reader, runHref, webWords } from '../../web/index.ts'
import { Page, type Shell } from '../../web/layout/index.ts'
import { changeTenantWords } from './change-tenant.words.ts'
import { tenantHref } from './tenant-frame.tsx'
import type { runAtWork, SeenTenant } from './tenants.sql.ts'

interface PageProps {
  shell: Shell
  reader: Reader
  tenant: SeenTenant
  forecast: TenantForecast
}

type RunAtWork = Awaited<ReturnType<typeof runAtWork>>

/** What archiving a tenant means, before it is done. */
export const ArchivePage = ({ run, ...props }: PageProps & { run: RunAtWork }) => {
  const { archive } = changeTenantWords(props.reader.language)
  return (
    <Consequences
      {...props}
      deed="archive"
      facts={[
        { label: archive.runs, value: <AtWork run={run} reader={props.reader} /> },
        { label: archive.blocked, value: archive.starts },
        { label: archive.stays, value: archive.records },
        { label: archive.directory, value: props.tenant.provenAt ? archive.released : archive.unclaimed },
      ]}
    />
  )
}

const AtWork = ({ reader, run }: { reader: Reader; run: RunAtWork }): Child => {
  const { archive } = changeTenantWords(reader.language)
  if (!run) return <>{archive.nothing}</>
  const { title } = definitionOf(run.operation as OperationCode).words[reader.language]
  return (
    <>
      <a class="link" href={runHref(run.id)}>
        {webWords(reader.language).operationNumber(run.id)}
      </a>
      , {title}: {run.status === 'queued' ? archive.queued : archive.running}
    </>
  )
}

/** What bringing a tenant back means, before it is done. */
export const ReactivatePage = (props: PageProps) => {
  const { reactivate } = changeTenantWords(props.reader.language)
  return (
    <Consequences
      {...props}
      deed="reactivate"
      facts={[
        { label: reactivate.again, value: reactivate.starts },
        { label: reactivate.check, value: reactivate.checkText },
        { label: reactivate.directory, value: reactivate.proof },
      ]}
    />
  )
}

interface ConsequencesProps extends PageProps {
  deed: 'archive' | 'reactivate'
  facts: readonly Fact[]
}

const Consequences = ({ deed, facts, reader, shell, tenant }: ConsequencesProps) => {
  const words = changeTenantWords(reader.language)
  const { button, confirm, crumb, lead, title, what } = words[deed]
  return (
    <Page
      shell={shell}
      title={title(tenant.name)}
      crumbs={[
        { label: shell.workspace.name, href: '/admin' },
        { label: webWords(reader.language).nav.tenants, href: '/admin/tenants' },
        { label: tenant.name, href: tenantHref(tenant) },
        { label: crumb },
      ]}
      at="/admin/tenants"
    >
      <PageHeader title={title(tenant.name)} lead={lead} />
      <div class="max-w-2xl">
        <Part id="consequences" title={what}>
          <Facts facts={facts} />
        </Part>
        <div class="mt-6">
          <ConfirmArea
            id={deed}
            title={confirm(tenant.name)}
            href={`${tenantHref(tenant)}/${deed}`}
            button={button}
            overwrites={deed === 'archive'}
          />
        </div>
        <p class="mt-4">
          <LinkButton href={tenantHref(tenant)} look="quiet">
            {words.cancel}
          </LinkButton>
        </p>
      </div>
    </Page>
  )
}
