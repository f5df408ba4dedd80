import type { Child } from 'hono/jsx'
import { definitionOf, type OperationCode } from '../../engine/catalog/index.ts'
import type { TenantForecast } from '../../engine/gate/index.ts'
import { ConfirmArea, type ConfirmAreaProps, LinkButton, PageHeader } from '../../web/components/index.ts'
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

/** What archiving a tenant means, before it is done. */
export const ArchivePage = ({
  run,
  ...props
}: PageProps & { run: Awaited<ReturnType<typeof runAtWork>> }) => {
  const { archive } = changeTenantWords(props.reader.language)
  return (
    <Consequences
      {...props}
      deed="archive"
      sums={[
        { label: archive.runs, mark: run ? 'running' : 'skipped', value: <AtWork run={run} {...props} /> },
        { label: archive.blocked, mark: 'blocked', value: archive.starts },
        { label: archive.blocked, mark: 'blocked', value: archive.connections },
        { label: archive.stays, mark: 'ready', value: archive.records },
        {
          label: archive.directory,
          mark: props.tenant.provenAt ? 'check_first' : 'skipped',
          value: props.tenant.provenAt ? archive.released : archive.unclaimed,
        },
      ]}
    />
  )
}

const AtWork = ({ reader, run }: Pick<Parameters<typeof ArchivePage>[0], 'reader' | 'run'>): Child => {
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
      sums={[
        { label: reactivate.again, mark: 'ready', value: reactivate.starts },
        { label: reactivate.check, mark: 'check_first', value: reactivate.checkText },
        { label: reactivate.directory, mark: 'check_first', value: reactivate.proof },
      ]}
    />
  )
}

interface ConsequencesProps extends PageProps {
  deed: 'archive' | 'reactivate'
  sums: NonNullable<ConfirmAreaProps['sums']>
}

const Consequences = ({ deed, reader, shell, sums, tenant }: ConsequencesProps) => {
  const words = changeTenantWords(reader.language)
  const { button, crumb, lead, title, what } = words[deed]
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
      <div class="mt-6">
        <ConfirmArea
          id={deed}
          title={what}
          sums={sums}
          href={`${tenantHref(tenant)}/${deed}`}
          button={button}
          overwrites={deed === 'archive'}
        />
        <p class="mt-4">
          <LinkButton href={tenantHref(tenant)} look="quiet">
            {words.cancel}
          </LinkButton>
        </p>
      </div>
    </Page>
  )
}
