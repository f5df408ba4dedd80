import type { InEveryLanguage, Language } from '../../kernel/index.ts'
import type { ConnectionField, ConnectionFlaw, CredentialWay } from './connection-input.ts'

interface FieldText {
  readonly label: string
  readonly hint?: string
}

interface FormWords {
  readonly newTitle: string
  readonly newLead: string
  /** Which app a new connection signs in as, and what follows from it. */
  readonly choice: {
    readonly label: string
    readonly dedicated: string
    readonly platform: string
    readonly platformLead: string
    readonly platformCreate: string
  }
  readonly editTitle: (label: string) => string
  readonly fields: Readonly<Record<Exclude<ConnectionField, 'way'>, FieldText>>
  readonly chooseTenant: string
  /** Under each way to prove oneself, where a connection is added. */
  readonly hints: Readonly<Record<CredentialWay, string>>
  readonly flaws: Readonly<Record<ConnectionFlaw, string>>
  readonly summary: (count: number) => string
  readonly create: string
  readonly cancel: string
  readonly app: string
  readonly appLead: string
  readonly save: string
  readonly noTenants: { readonly title: string; readonly text: string; readonly add: string }
}

const EN: FormWords = {
  newTitle: 'Add a provider connection',
  choice: {
    label: 'App',
    dedicated: 'Own app registration',
    platform: 'Central app',
    platformLead:
      'The connection uses the app of this installation. Next, an administrator of the tenant’s directory consents to it; no secret is needed.',
    platformCreate: 'Add and go on to consent',
  },
  newLead:
    'You need an app registration in the tenant’s directory, and a client secret or a certificate for it.',
  editTitle: (label) => `Edit ${label}`,
  fields: {
    tenant: { label: 'Tenant' },
    type: { label: 'App' },
    label: { label: 'Label', hint: 'How people recognise it here, such as “TenantPilot read only”.' },
    clientId: {
      label: 'Application (client) ID',
      hint: 'On the app’s Overview page in the Microsoft Entra admin center.',
    },
    clientSecret: {
      label: 'Client secret',
      hint: 'The secret’s Value, not its Secret ID. It is stored encrypted and never shown again.',
    },
    pem: {
      label: 'Certificate and private key (PEM)',
      hint: 'Both blocks, in any order; RSA with 2048 to 4096 bits, without a password. The key is stored encrypted and never shown again.',
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
  hints: {
    secret: 'A secret of the app registration, copied from there.',
    certificate: 'Its public part is uploaded to the app registration already, or will be.',
    made: 'TenantPilot makes the key and the certificate. You upload the public part afterwards.',
  },
  flaws: {
    tenant_missing: 'Choose the tenant this connection reaches.',
    type_unknown: 'The type is dedicated or platform.',
    central_app_missing: 'This installation has no central app.',
    central_app_taken: 'This tenant already has a connection with the central app.',
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
    pem_missing: 'Paste the certificate and its private key.',
    pem_too_long: 'This is longer than a certificate with its private key. Paste only these two.',
    pem_not_pem:
      'This is not PEM: a readable certificate and key begin with a line such as -----BEGIN CERTIFICATE-----.',
    pem_certificate_missing:
      'The certificate is missing: a block that begins with -----BEGIN CERTIFICATE-----.',
    pem_key_missing: 'The private key is missing: a block that begins with -----BEGIN PRIVATE KEY-----.',
    pem_key_encrypted:
      'The private key is protected by a password. Export it without one, and paste it here.',
    pem_not_rsa: 'The key is not RSA. Microsoft Entra takes only RSA keys for this.',
    pem_key_too_short: 'The key is too short. Microsoft Entra asks for RSA with at least 2048 bits.',
    pem_key_too_long: 'The key is too long. TenantPilot takes RSA with at most 4096 bits.',
    pem_key_of_another: 'The private key does not belong to this certificate.',
    pem_expired: 'This certificate has expired. Make a new one first.',
  },
  summary: (count) => (count === 1 ? 'One field needs another look' : `${count} fields need another look`),
  create: 'Add the connection',
  cancel: 'Cancel',
  app: 'App registration',
  appLead:
    'With another application or directory, consent and permissions count as unknown until the next check.',
  save: 'Save',
  noTenants: {
    title: 'No tenant to connect',
    text: 'A connection belongs to a tenant. Add the tenant first.',
    add: 'Add a tenant',
  },
}

const DE: FormWords = {
  newTitle: 'Anbieterverbindung hinzufügen',
  choice: {
    label: 'App',
    dedicated: 'Eigene App-Registrierung',
    platform: 'Zentrale App',
    platformLead:
      'Die Verbindung nutzt die App dieser Installation. Danach stimmt ein Administrator des Verzeichnisses zu; ein Clientschlüssel ist nicht nötig.',
    platformCreate: 'Hinzufügen und weiter zur Zustimmung',
  },
  newLead:
    'Nötig sind eine App-Registrierung im Verzeichnis des Mandanten und ein geheimer Clientschlüssel oder ein Zertifikat dafür.',
  editTitle: (label) => `${label} bearbeiten`,
  fields: {
    tenant: { label: 'Mandant' },
    type: { label: 'App' },
    label: { label: 'Bezeichnung', hint: 'Daran ist sie hier zu erkennen, etwa „TenantPilot nur lesend“.' },
    clientId: {
      label: 'Anwendungs-ID (Client)',
      hint: 'Auf der Übersichtsseite der App im Microsoft Entra Admin Center.',
    },
    clientSecret: {
      label: 'Geheimer Clientschlüssel',
      hint: 'Der Wert des Clientschlüssels, nicht seine ID. Er wird verschlüsselt hinterlegt und nie wieder angezeigt.',
    },
    pem: {
      label: 'Zertifikat und privater Schlüssel (PEM)',
      hint: 'Beide Blöcke in beliebiger Reihenfolge; RSA mit 2048 bis 4096 Bit, ohne Passwort. Der Schlüssel wird verschlüsselt hinterlegt und nie wieder angezeigt.',
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
  hints: {
    secret: 'Ein Clientschlüssel der App-Registrierung, von dort kopiert.',
    certificate: 'Sein öffentlicher Teil ist schon in der App-Registrierung hochgeladen oder wird es noch.',
    made: 'TenantPilot erstellt Schlüssel und Zertifikat. Der öffentliche Teil wird danach hochgeladen.',
  },
  flaws: {
    tenant_missing: 'Bitte den Mandanten wählen, den diese Verbindung erreicht.',
    type_unknown: 'Die Art ist dedicated oder platform.',
    central_app_missing: 'Diese Installation hat keine zentrale App.',
    central_app_taken: 'Dieser Mandant hat schon eine Verbindung mit der zentralen App.',
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
    pem_missing: 'Bitte das Zertifikat und seinen privaten Schlüssel einfügen.',
    pem_too_long:
      'Das ist länger als ein Zertifikat mit privatem Schlüssel. Bitte nur diese beiden einfügen.',
    pem_not_pem:
      'Das ist kein PEM: Lesbare Zertifikate und Schlüssel beginnen mit einer Zeile wie -----BEGIN CERTIFICATE-----.',
    pem_certificate_missing:
      'Es fehlt das Zertifikat: ein Block, der mit -----BEGIN CERTIFICATE----- beginnt.',
    pem_key_missing:
      'Es fehlt der private Schlüssel: ein Block, der mit -----BEGIN PRIVATE KEY----- beginnt.',
    pem_key_encrypted:
      'Der private Schlüssel ist mit einem Passwort geschützt. Bitte ohne Passwort exportieren und hier einfügen.',
    pem_not_rsa: 'Der Schlüssel ist kein RSA-Schlüssel. Microsoft Entra nimmt hier nur RSA-Schlüssel an.',
    pem_key_too_short: 'Der Schlüssel ist zu kurz. Microsoft Entra verlangt RSA mit mindestens 2048 Bit.',
    pem_key_too_long: 'Der Schlüssel ist zu lang. TenantPilot nimmt RSA mit höchstens 4096 Bit an.',
    pem_key_of_another: 'Der private Schlüssel gehört nicht zu diesem Zertifikat.',
    pem_expired: 'Dieses Zertifikat ist abgelaufen. Bitte zuerst ein neues erstellen.',
  },
  summary: (count) =>
    count === 1 ? 'Ein Feld braucht noch einen Blick' : `${count} Felder brauchen noch einen Blick`,
  create: 'Verbindung hinzufügen',
  cancel: 'Abbrechen',
  app: 'App-Registrierung',
  appLead:
    'Mit einer anderen Anwendung oder einem anderen Verzeichnis gelten Zustimmung und Berechtigungen bis zur nächsten Prüfung als unbekannt.',
  save: 'Speichern',
  noTenants: {
    title: 'Kein Mandant zum Verbinden',
    text: 'Eine Verbindung gehört zu einem Mandanten. Bitte zuerst den Mandanten hinzufügen.',
    add: 'Mandant hinzufügen',
  },
}

const WORDS: InEveryLanguage<FormWords> = { en: EN, de: DE }

/** The words of the forms of a connection in one language. */
export const formWords = (language: Language): FormWords => WORDS[language]
