import type { InEveryLanguage, Language } from '../../kernel/index.ts'
import type { TenantField, TenantFlaw } from './new-tenant.ts'

interface NewTenantWords {
  readonly title: string
  readonly lead: string
  readonly fields: Readonly<Record<TenantField, { label: string; hint: string }>>
  readonly submit: string
  readonly cancel: string
  readonly summary: (count: number) => string
  readonly flaws: Readonly<Record<TenantFlaw, string>>
}

const WORDS: InEveryLanguage<NewTenantWords> = {
  en: {
    title: 'Add a tenant',
    lead: 'A tenant is one Microsoft Entra directory. Adding it changes nothing over there; the next step is its provider connection.',
    fields: {
      name: { label: 'Name', hint: 'As your team calls it.' },
      directoryId: {
        label: 'Directory id',
        hint: 'In the Microsoft Entra admin center under Overview, “Tenant ID”.',
      },
      domain: {
        label: 'Primary domain (optional)',
        hint: 'Such as contoso.com. It only helps people to recognise the tenant.',
      },
    },
    submit: 'Add the tenant',
    cancel: 'Cancel',
    summary: (count) =>
      count === 1
        ? 'Nothing was added yet: one field is not right'
        : `Nothing was added yet: ${count} fields are not right`,
    flaws: {
      name_missing: 'Enter a name.',
      name_too_long: 'The name has more than 200 characters.',
      name_unreadable: 'The name contains characters that cannot be shown.',
      directory_missing: 'Enter the directory id.',
      directory_not_a_guid:
        'A directory id has 32 hexadecimal digits in five groups, such as 3f8a1c2e-77b0-4d15-9a6e-1b2c3d4e5f60.',
      directory_taken: 'This workspace already has a tenant with this directory id.',
      domain_malformed: 'Enter a domain such as contoso.com, or leave the field empty.',
    },
  },
  de: {
    title: 'Mandant hinzufügen',
    lead: 'Ein Mandant ist ein Microsoft-Entra-Verzeichnis. Das Hinzufügen ändert dort nichts; der nächste Schritt ist die Anbieterverbindung.',
    fields: {
      name: { label: 'Name', hint: 'So, wie das Team ihn nennt.' },
      directoryId: {
        label: 'Verzeichnis-ID',
        hint: 'Im Microsoft Entra Admin Center unter Übersicht, „Mandanten-ID“.',
      },
      domain: {
        label: 'Primäre Domain (optional)',
        hint: 'Etwa contoso.com. Sie hilft nur, den Mandanten wiederzuerkennen.',
      },
    },
    submit: 'Mandant hinzufügen',
    cancel: 'Abbrechen',
    summary: (count) =>
      count === 1
        ? 'Noch nichts hinzugefügt: Ein Feld stimmt nicht'
        : `Noch nichts hinzugefügt: ${count} Felder stimmen nicht`,
    flaws: {
      name_missing: 'Bitte einen Namen eingeben.',
      name_too_long: 'Der Name hat mehr als 200 Zeichen.',
      name_unreadable: 'Der Name enthält Zeichen, die sich nicht darstellen lassen.',
      directory_missing: 'Bitte die Verzeichnis-ID eingeben.',
      directory_not_a_guid:
        'Eine Verzeichnis-ID hat 32 hexadezimale Ziffern in fünf Gruppen, etwa 3f8a1c2e-77b0-4d15-9a6e-1b2c3d4e5f60.',
      directory_taken: 'In diesem Arbeitsbereich gibt es bereits einen Mandanten mit dieser Verzeichnis-ID.',
      domain_malformed: 'Bitte eine Domain wie contoso.com eingeben oder das Feld leer lassen.',
    },
  },
}

/** The words of the form that adds a tenant. */
export const newTenantWords = (language: Language): NewTenantWords => WORDS[language]
