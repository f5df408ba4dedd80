import {
  Button,
  ErrorSummary,
  Facts,
  LinkButton,
  PageHeader,
  Part,
  TextField,
} from '../../web/components/index.ts'
import { type Reader, webWords } from '../../web/index.ts'
import { Page, type Shell } from '../../web/layout/index.ts'
import { changeTenantWords } from './change-tenant.words.ts'
import { LONGEST, type TenantFlaws, type TenantInput } from './new-tenant.ts'
import { newTenantWords } from './new-tenant.words.ts'
import { tenantHref } from './tenant-frame.tsx'
import type { SeenTenant } from './tenants.sql.ts'

interface EditTenantPageProps {
  shell: Shell
  reader: Reader
  tenant: SeenTenant
  state: string
  input: TenantInput
  flaws: TenantFlaws
}

const FIELDS = ['name', 'domain'] as const

/** The form that calls a tenant something else, and the way into the archive or out of it. */
export const EditTenantPage = ({ flaws, input, reader, shell, state, tenant }: EditTenantPageProps) => {
  const { cancel, edit } = changeTenantWords(reader.language)
  const words = newTenantWords(reader.language)
  const wrong = FIELDS.flatMap((field) => {
    const flaw = flaws[field]
    return flaw ? [{ field, text: words.flaws[flaw] }] : []
  })
  const deed = state === 'archived' ? 'reactivate' : 'archive'
  return (
    <Page
      shell={shell}
      title={edit.title(tenant.name)}
      crumbs={[
        { label: shell.workspace.name, href: '/admin' },
        { label: webWords(reader.language).nav.tenants, href: '/admin/tenants' },
        { label: tenant.name, href: tenantHref(tenant) },
        { label: edit.crumb },
      ]}
      at="/admin/tenants"
    >
      <PageHeader title={edit.title(tenant.name)} lead={edit.lead} />
      <form class="form mt-6" method="post" action={tenantHref(tenant)} novalidate>
        {wrong.length > 0 && <ErrorSummary title={edit.summary} errors={wrong} />}
        {FIELDS.map((name) => (
          <TextField
            id={name}
            name={name}
            {...words.fields[name]}
            value={input[name]}
            error={wrong.find(({ field }) => field === name)?.text}
            required={name === 'name'}
            maxlength={LONGEST[name]}
            autocomplete="off"
            spellcheck={name === 'name'}
          />
        ))}
        <Facts
          facts={[{ label: edit.directory, value: <span class="mono break-all">{tenant.directoryId}</span> }]}
        />
        <div class="form-end">
          <Button look="primary">{edit.save}</Button>
          <LinkButton href={tenantHref(tenant)} look="quiet">
            {cancel}
          </LinkButton>
        </div>
      </form>
      <Part id="archive" title={edit[deed]} {...(deed === 'archive' && { lead: edit.archiveLead })}>
        <p class="mt-3">
          <LinkButton href={`${tenantHref(tenant)}/${deed}`}>{edit[deed]}</LinkButton>
        </p>
      </Part>
    </Page>
  )
}
