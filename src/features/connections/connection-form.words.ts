import type { InEveryLanguage, Language } from '../../kernel/index.ts'
import type { ConnectionField, ConnectionFlaw } from './connection-input.ts'

interface FieldText {
  readonly label: string
  readonly hint?: string
}

interface FormWords {
  readonly newTitle: string
  readonly newLead: string
  readonly editTitle: (label: string) => string
  readonly fields: Readonly<Record<ConnectionField, FieldText>>
  readonly chooseTenant: string
  readonly flaws: Readonly<Record<ConnectionFlaw, string>>
  readonly summary: (count: number) => string
  readonly create: string
  readonly cancel: string
  readonly app: string
  readonly appLead: string
  readonly save: string
  readonly credential: string
  readonly credentialLead: string
  readonly replace: string
  readonly central: string
  readonly noTenants: { readonly title: string; readonly text: string; readonly add: string }
}

const EN: FormWords = {
  newTitle: 'Add a provider connection',
  newLead: 'You need an app registration in the tenant’s directory, and one of its client secrets.',
  editTitle: (label) => `Edit ${label}`,
  fields: {
    tenant: { label: 'Tenant' },
    label: { label: 'Label', hint: 'How people recognise it here, such as “TenantPilot read only”.' },
    clientId: {
      label: 'Application (client) ID',
      hint: 'On the app’s Overview page in the Microsoft Entra admin center.',
    },
    clientSecret: {
      label: 'Client secret',
      hint: 'The secret’s Value, not its Secret ID. It is stored encrypted and never shown again.',
    },
    expiresOn: {
      label: 'The secret expires on (optional)',
      hint: 'With the date, the secret is known to be expired before Microsoft says so.',
    },
    directoryId: {
      label: 'Directory ID (optional)',
      hint: 'Empty means the tenant’s own directory. With any other one nothing but the check can start.',
    },
  },
  chooseTenant: 'Choose a tenant',
  flaws: {
    tenant_missing: 'Choose the tenant this connection reaches.',
    tenant_archived: 'This tenant is archived and takes no new connection. Reactivate it first.',
    label_missing: 'Give the connection a label.',
    label_too_long: 'The label may have at most 200 characters.',
    label_unreadable: 'The label contains characters that cannot be shown.',
    client_missing: 'Enter the application (client) ID.',
    client_not_a_guid: 'The application (client) ID is a GUID, such as 1b2c3d4e-0000-4000-8000-123456789abc.',
    client_taken: 'This tenant already has a connection with this app and directory.',
    directory_not_a_guid: 'The directory ID is a GUID, or empty for the tenant’s own directory.',
    secret_missing: 'Enter the client secret.',
    secret_too_long: 'A client secret has at most 1000 characters.',
    secret_unreadable: 'A client secret contains no spaces or line breaks.',
    secret_is_its_id: 'This is the secret’s ID. Copy its Value instead.',
    expiry_not_a_date: 'Enter the day as a date.',
    expiry_past: 'This day is in the past. Create a new secret in Microsoft Entra first.',
  },
  summary: (count) => (count === 1 ? 'One field needs another look' : `${count} fields need another look`),
  create: 'Add the connection',
  cancel: 'Cancel',
  app: 'App registration',
  appLead:
    'With another application or directory, consent and permissions count as unknown until the next check.',
  save: 'Save',
  credential: 'Credential',
  credentialLead: 'The new secret replaces the one stored here. The old one is not kept.',
  replace: 'Replace the secret',
  central: 'This connection uses the central app of the installation and has no credential of its own.',
  noTenants: {
    title: 'No tenant to connect',
    text: 'A connection belongs to a tenant. Add the tenant first.',
    add: 'Add a tenant',
  },
}

const DE: FormWords = {
  newTitle: 'Anbieterverbindung hinzufügen',
  newLead:
    'Nötig sind eine App-Registrierung im Verzeichnis des Mandanten und einer ihrer geheimen Clientschlüssel.',
  editTitle: (label) => `${label} bearbeiten`,
  fields: {
    tenant: { label: 'Mandant' },
    label: { label: 'Bezeichnung', hint: 'Daran ist sie hier zu erkennen, etwa „TenantPilot nur lesend“.' },
    clientId: {
      label: 'Anwendungs-ID (Client)',
      hint: 'Auf der Übersichtsseite der App im Microsoft Entra Admin Center.',
    },
    clientSecret: {
      label: 'Geheimer Clientschlüssel',
      hint: 'Der Wert des Clientschlüssels, nicht seine ID. Er wird verschlüsselt hinterlegt und nie wieder angezeigt.',
    },
    expiresOn: {
      label: 'Der Clientschlüssel läuft ab am (optional)',
      hint: 'Mit dem Datum ist der Ablauf bekannt, bevor Microsoft den Clientschlüssel ablehnt.',
    },
    directoryId: {
      label: 'Verzeichnis-ID (optional)',
      hint: 'Leer bedeutet das eigene Verzeichnis des Mandanten. Mit einem anderen kann nur die Prüfung starten.',
    },
  },
  chooseTenant: 'Mandanten wählen',
  flaws: {
    tenant_missing: 'Bitte den Mandanten wählen, den diese Verbindung erreicht.',
    tenant_archived:
      'Dieser Mandant ist archiviert und nimmt keine neue Verbindung auf. Bitte zuerst reaktivieren.',
    label_missing: 'Bitte eine Bezeichnung eingeben.',
    label_too_long: 'Die Bezeichnung darf höchstens 200 Zeichen haben.',
    label_unreadable: 'Die Bezeichnung enthält Zeichen, die sich nicht anzeigen lassen.',
    client_missing: 'Bitte die Anwendungs-ID (Client) eingeben.',
    client_not_a_guid: 'Die Anwendungs-ID ist eine GUID, etwa 1b2c3d4e-0000-4000-8000-123456789abc.',
    client_taken: 'Dieser Mandant hat schon eine Verbindung mit dieser App und diesem Verzeichnis.',
    directory_not_a_guid: 'Die Verzeichnis-ID ist eine GUID oder leer für das Verzeichnis des Mandanten.',
    secret_missing: 'Bitte den geheimen Clientschlüssel eingeben.',
    secret_too_long: 'Ein geheimer Clientschlüssel hat höchstens 1000 Zeichen.',
    secret_unreadable: 'Ein geheimer Clientschlüssel enthält weder Leerzeichen noch Zeilenumbrüche.',
    secret_is_its_id: 'Das ist die ID des Clientschlüssels. Gebraucht wird sein Wert.',
    expiry_not_a_date: 'Bitte den Tag als Datum eingeben.',
    expiry_past:
      'Dieser Tag ist vorbei. Bitte zuerst in Microsoft Entra einen neuen geheimen Clientschlüssel anlegen.',
  },
  summary: (count) =>
    count === 1 ? 'Ein Feld braucht noch einen Blick' : `${count} Felder brauchen noch einen Blick`,
  create: 'Verbindung hinzufügen',
  cancel: 'Abbrechen',
  app: 'App-Registrierung',
  appLead:
    'Mit einer anderen Anwendung oder einem anderen Verzeichnis gelten Zustimmung und Berechtigungen bis zur nächsten Prüfung als unbekannt.',
  save: 'Speichern',
  credential: 'Anmeldeinformationen',
  credentialLead: 'Der neue Clientschlüssel ersetzt den hier hinterlegten. Der alte wird nicht aufbewahrt.',
  replace: 'Clientschlüssel ersetzen',
  central:
    'Diese Verbindung nutzt die zentrale App der Installation und hat keine eigenen Anmeldeinformationen.',
  noTenants: {
    title: 'Kein Mandant zum Verbinden',
    text: 'Eine Verbindung gehört zu einem Mandanten. Bitte zuerst den Mandanten hinzufügen.',
    add: 'Mandant hinzufügen',
  },
}

const WORDS: InEveryLanguage<FormWords> = { en: EN, de: DE }

/** The words of the forms of a connection in one language. */
export const formWords = (language: Language): FormWords => WORDS[language]
