import { Button, ErrorSummary, PageHeader, SavedNote, SelectField } from '../../web/components/index.ts'
import type { Reader } from '../../web/index.ts'
import { Page, type Shell } from '../../web/layout/index.ts'
import { settingsWords } from './settings.words.ts'
import { SettingsTabs } from './settings-tabs.tsx'
import { type SpokenField, type TypedSpoken, ZONES } from './spoken.ts'

interface YouPageProps {
  shell: Shell
  reader: Reader
  typed: TypedSpoken
  wrong: readonly SpokenField[]
  /** It was changed just now. */
  saved: boolean
}

/** How a person wants to be spoken to. */
export const YouPage = ({ reader, saved, shell, typed, wrong }: YouPageProps) => {
  const words = settingsWords(reader.language)
  const options = {
    language: [
      { value: '', label: words.asBrowser },
      { value: 'en', label: 'English' },
      { value: 'de', label: 'Deutsch' },
    ],
    timeZone: [
      { value: '', label: words.zoneDefault },
      ...ZONES.map((zone) => ({ value: zone, label: zone })),
    ],
    theme: [
      { value: '', label: words.asSystem },
      { value: 'light', label: words.light },
      { value: 'dark', label: words.dark },
    ],
  } satisfies Record<SpokenField, unknown>
  return (
    <Page
      shell={shell}
      title={words.title}
      crumbs={[{ label: shell.workspace.name, href: '/admin' }, { label: words.title }]}
      at="/admin/settings"
    >
      <PageHeader title={words.title} />
      <SettingsTabs at="you" reader={reader} />
      {saved && <SavedNote>{words.saved}</SavedNote>}
      <form class="form mt-6" method="post" action="/admin/settings">
        {wrong.length > 0 && (
          <ErrorSummary
            title={words.wrong}
            errors={wrong.map((field) => ({ field, text: words.unknown[field] }))}
          />
        )}
        {(['language', 'timeZone', 'theme'] as const).map((field) => (
          <SelectField
            id={field}
            name={field}
            label={words.fields[field]}
            value={typed[field] ?? ''}
            error={wrong.includes(field) ? words.unknown[field] : undefined}
            options={options[field]}
          />
        ))}
        <div class="form-end">
          <Button look="primary">{words.save}</Button>
        </div>
      </form>
    </Page>
  )
}
