import { ConfirmArea, LinkButton, PageHeader } from '../../web/components/index.ts'
import type { Reader } from '../../web/index.ts'
import { Page, type Shell } from '../../web/layout/index.ts'
import { apiKeysWords } from './api-keys.words.ts'
import type { OwnKey } from './own-keys.ts'

/** What revoking a key means, before it is done. */
export const RevokePage = ({ apiKey, reader, shell }: { apiKey: OwnKey; reader: Reader; shell: Shell }) => {
  const words = apiKeysWords(reader.language)
  const { revokePage: said } = words
  const used = apiKey.lastUsedAt ? reader.say.time(apiKey.lastUsedAt.toISOString()) : words.never
  return (
    <Page
      shell={shell}
      title={said.title(apiKey.name)}
      crumbs={[
        { label: shell.workspace.name, href: '/admin' },
        { label: words.title, href: '/admin/api-keys' },
        { label: said.crumb },
      ]}
      at="/admin/settings"
    >
      <PageHeader title={said.title(apiKey.name)} lead={said.lead} />
      <div class="mt-6 max-w-xl">
        <ConfirmArea
          id="revoke"
          title={said.what}
          sums={[
            { label: words.columns.start, value: <span class="mono">{apiKey.start}…</span> },
            { label: words.columns.used, value: used },
          ]}
          href={`/admin/api-keys/${apiKey.id}/revoke`}
          button={said.button}
          overwrites
        />
        <p class="mt-4">
          <LinkButton href="/admin/api-keys" look="quiet">
            {words.cancel}
          </LinkButton>
        </p>
      </div>
    </Page>
  )
}
