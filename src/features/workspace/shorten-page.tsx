import { ConfirmArea, LinkButton, PageHeader } from '../../web/components/index.ts'
import type { Reader } from '../../web/index.ts'
import { Page, type Shell } from '../../web/layout/index.ts'
import { KEPT, type Kept } from '../retention/index.ts'
import { MOST_COUNTED } from './workspace.sql.ts'
import { workspaceWords } from './workspace.words.ts'
import { daysField, shortened, type WorkspaceFacts } from './workspace-input.ts'

interface ShortenPageProps {
  shell: Shell
  reader: Reader
  before: WorkspaceFacts
  wanted: WorkspaceFacts
  older: Readonly<Record<Kept, number>>
}

/** What goes when records are kept for a shorter time, before it does. */
export const ShortenPage = ({ before, older, reader, shell, wanted }: ShortenPageProps) => {
  const words = workspaceWords(reader.language)
  const count = (kept: Kept) =>
    older[kept] > MOST_COUNTED ? words.moreThan(reader.count(MOST_COUNTED)) : reader.count(older[kept])
  return (
    <Page
      shell={shell}
      title={words.shorten.title}
      crumbs={[
        { label: shell.workspace.name, href: '/admin' },
        { label: words.title, href: '/admin/settings/workspace' },
        { label: words.shorten.title },
      ]}
      at="/admin/settings"
    >
      <PageHeader title={words.shorten.title} lead={words.shorten.lead} />
      <div class="mt-6 max-w-xl">
        <ConfirmArea
          id="shorten"
          title={words.shorten.what}
          sums={shortened(before.kept, wanted.kept).map((kept) => ({
            label: words.shorten.change(words.kept[kept].short, before.kept[kept], wanted.kept[kept]),
            value: count(kept),
          }))}
          href="/admin/settings/workspace"
          hidden={{
            name: wanted.name,
            ...Object.fromEntries(KEPT.map((kept) => [daysField(kept), String(wanted.kept[kept])])),
          }}
          tick={{ name: 'confirm', label: words.shorten.tick }}
          button={words.shorten.button}
          overwrites
        />
        <p class="mt-4">
          <LinkButton href="/admin/settings/workspace" look="quiet">
            {words.cancel}
          </LinkButton>
        </p>
      </div>
    </Page>
  )
}
