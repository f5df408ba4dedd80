import { Button, ErrorSummary, LinkButton, PageHeader, TextField } from '../../web/components/index.ts'
import type { Reader } from '../../web/index.ts'
import { Page, type Shell } from '../../web/layout/index.ts'
import { LONGEST, type TenantField, type TenantFlaws, type TenantInput } from './new-tenant.ts'
import { newTenantWords } from './new-tenant.words.ts'
import { tenantsWords } from './tenants.words.ts'

interface NewTenantPageProps {
  shell: Shell
  reader: Reader
  input: TenantInput
  flaws: TenantFlaws
}

const FIELDS: readonly TenantField[] = ['name', 'directoryId', 'domain']

/** The form that adds a tenant, with what was typed and what is wrong with it. */
export const NewTenantPage = ({ flaws, input, reader, shell }: NewTenantPageProps) => {
  const words = newTenantWords(reader.language)
  const wrong = FIELDS.flatMap((field) => {
    const flaw = flaws[field]
    return flaw ? [{ field, text: words.flaws[flaw] }] : []
  })
  return (
    <Page
      shell={shell}
      title={words.title}
      crumbs={[
        { label: shell.workspace.name, href: '/admin' },
        { label: tenantsWords(reader.language).tenants, href: '/admin/tenants' },
        { label: words.title },
      ]}
      at="/admin/tenants"
    >
      <PageHeader title={words.title} lead={words.lead} />
      <form class="form mt-6" method="post" action="/admin/tenants" novalidate>
        {wrong.length > 0 && <ErrorSummary title={words.summary(wrong.length)} errors={wrong} />}
        {FIELDS.map((name) => (
          <TextField
            id={name}
            name={name}
            {...words.fields[name]}
            value={input[name]}
            error={wrong.find(({ field }) => field === name)?.text}
            required={name !== 'domain'}
            maxlength={LONGEST[name]}
            autocomplete="off"
            spellcheck={name === 'name'}
            autofocus={name === 'name' && wrong.length === 0}
          />
        ))}
        <div class="form-end">
          <Button look="primary">{words.submit}</Button>
          <LinkButton href="/admin/tenants" look="quiet">
            {words.cancel}
          </LinkButton>
        </div>
      </form>
    </Page>
  )
}
