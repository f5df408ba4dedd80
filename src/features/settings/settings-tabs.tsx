import type { InEveryLanguage } from '../../kernel/index.ts'
import { Tabs } from '../../web/components/index.ts'
import type { Reader } from '../../web/index.ts'

/** The places of the settings, in the order in which they stand. */
const PLACES = {
  you: '/admin/settings',
  account: '/admin/account',
  keys: '/admin/api-keys',
  workspace: '/admin/settings/workspace',
  members: '/admin/members',
} as const
type SettingsPlace = keyof typeof PLACES

const WORDS: InEveryLanguage<Readonly<Record<SettingsPlace | 'title', string>>> = {
  en: {
    title: 'Settings',
    you: 'Language and display',
    account: 'Account',
    keys: 'API keys',
    workspace: 'Workspace',
    members: 'Members',
  },
  de: {
    title: 'Einstellungen',
    you: 'Sprache und Darstellung',
    account: 'Konto',
    keys: 'API-Schlüssel',
    workspace: 'Arbeitsbereich',
    members: 'Mitglieder',
  },
}

/** What leads from one place of the settings to the others. */
export const SettingsTabs = ({ at, reader }: { at: SettingsPlace; reader: Reader }) => {
  const words = WORDS[reader.language]
  const places = Object.entries(PLACES) as [SettingsPlace, string][]
  return (
    <Tabs
      label={words.title}
      tabs={places.map(([place, href]) => ({ href, label: words[place], current: place === at }))}
    />
  )
}
