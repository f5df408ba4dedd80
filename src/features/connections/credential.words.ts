import type { InEveryLanguage, Language } from '../../kernel/index.ts'

const EN = {
  title: (label: string) => `Credential of ${label}`,
  lead: 'What the app proves itself with. A new credential waits beside the one in use until a check has signed in with it.',
  central: 'This connection uses the central app of the installation and has no credential of its own.',
  inUse: 'In use',
  none: 'No credential yet',
  noneWhy: 'Without one the app cannot sign in. The first one that is stored is in use at once.',
  untried: 'Not tried yet',
  untriedWhy:
    'Nothing has signed in with it since it was stored here; a check tells whether Microsoft accepts it.',
  accepted: 'Accepted by Microsoft',
  acceptedWhy: 'Operations through this connection sign in with it.',
  rejected: (ago: string) => `Rejected by Microsoft ${ago}`,
  rejectedWhy: 'Operations through this connection are blocked until another one has been accepted.',
  notUploaded: 'Not uploaded to the app registration yet',
  notUploadedWhy:
    'Microsoft does not know this certificate, and it was never accepted before. Upload its public part as described below, then check again; that may take a few minutes.',
  expired: (ago: string) => `Expired ${ago}`,
  next: 'Waits for its check',
  nextUntriedWhy:
    'Work goes on with the credential in use. The check signs in with this one; once Microsoft has accepted it, it takes over and the old one is dropped.',
  nextRejectedWhy: 'The credential in use stays in force. The next check tries this one again.',
  nextExpiredWhy: 'It can no longer be accepted. Discard it, or store another one in its place.',
  check: 'Check now',
  discard: 'Discard it',
  facts: {
    kind: 'Kind',
    expires: 'Expires',
    stored: 'Stored',
    sha1: 'SHA‑1 thumbprint',
    sha256: 'SHA‑256 thumbprint',
    public: 'Public certificate',
  },
  noExpiry: 'no end date given',
  noWarning: 'no warning comes before it expires',
  noWarningWhy:
    'The secret in use has an end date. Without one for the new secret, no warning comes before it expires.',
  download: (form: string) => `Download .${form}`,
  copy: 'Copy',
  copied: 'Copied',
  upload: {
    title: 'Upload it to the app registration',
    steps: (clientId: string) => [
      'Download the public certificate here. It holds no private key.',
      `In the Microsoft Entra admin center of the tenant’s directory open App registrations → All applications and the app ${clientId}.`,
      'Certificates & secrets → Certificates → Upload certificate: choose the downloaded file.',
      'Compare the thumbprint shown there with the one shown here, then check the connection.',
    ],
  },
  store: 'Store a new credential',
  replaces: 'It takes the place of the one that waits.',
  ways: {
    secret: 'Client secret',
    certificate: 'Certificate you have',
    made: 'Certificate made here',
  },
  choose: 'Kind of credential',
  storeSecret: 'Store the secret',
  storeCertificate: 'Store the certificate',
  chooseFile: 'Or take it from a file',
  made: {
    text: 'TenantPilot makes a key pair and a certificate that is good for one year. The private key is stored encrypted and never leaves TenantPilot. You upload the public certificate to the app registration.',
    button: 'Make a certificate',
  },
  confirm: {
    title: 'Discard the credential that waits?',
    discarded: 'The credential that waits',
    gone: 'is deleted',
    inUse: 'The credential in use',
    stays: 'stays in force',
    button: 'Discard it',
    cancel: 'Keep it',
  },
  notice: {
    waits: {
      client_secret: 'New client secret waits for its check',
      certificate: 'New certificate waits for its check',
    },
    rejected: {
      client_secret: 'New client secret rejected',
      certificate: 'New certificate rejected',
    },
    expired: {
      client_secret: 'New client secret expired before it was accepted',
      certificate: 'New certificate expired before it was accepted',
    },
    rejectedWhy: (ago: string) => `Microsoft rejected it ${ago}. The credential in use stays in force.`,
    see: 'See the credentials',
    ends: {
      client_secret: (ahead: string) => `The client secret expires ${ahead}`,
      certificate: (ahead: string) => `The certificate expires ${ahead}`,
    },
    endsWhy: (date: string) =>
      `From ${date} on Microsoft refuses it, and every start through this connection is blocked.`,
    endsNextWaits: 'A new one is stored already; a check lets it take over.',
    renew: 'Store a new credential',
    takenOver: {
      client_secret: 'The new client secret is in use now',
      certificate: 'The new certificate is in use now',
    },
    takenOverWhy:
      'Microsoft accepted it, and the credential before it was dropped here. It can be removed from the app registration.',
  },
  listed: {
    ends: (ahead: string) => `expires ${ahead}`,
    waits: 'a new one waits for its check',
    rejected: 'the new one was rejected',
    expired: 'the new one has expired',
  },
}

export type CredentialWords = typeof EN

const DE: CredentialWords = {
  title: (label) => `Anmeldeinformationen von ${label}`,
  lead: 'Damit weist sich die App aus. Neue Anmeldeinformationen warten neben den verwendeten, bis sich eine Prüfung mit ihnen angemeldet hat.',
  central:
    'Diese Verbindung nutzt die zentrale App der Installation und hat keine eigenen Anmeldeinformationen.',
  inUse: 'In Gebrauch',
  none: 'Noch keine Anmeldeinformationen',
  noneWhy:
    'Ohne sie kann sich die App nicht anmelden. Die ersten, die hinterlegt werden, sind sofort in Gebrauch.',
  untried: 'Noch nicht erprobt',
  untriedWhy:
    'Seit sie hier hinterlegt wurden, hat sich noch nichts mit ihnen angemeldet; eine Prüfung zeigt, ob Microsoft sie annimmt.',
  accepted: 'Von Microsoft angenommen',
  acceptedWhy: 'Vorgänge über diese Verbindung melden sich damit an.',
  rejected: (ago) => `Von Microsoft abgelehnt ${ago}`,
  rejectedWhy: 'Vorgänge über diese Verbindung sind blockiert, bis andere angenommen worden sind.',
  notUploaded: 'Noch nicht in die App-Registrierung hochgeladen',
  notUploadedWhy:
    'Microsoft kennt dieses Zertifikat nicht, und es wurde auch noch nie angenommen. Bitte den öffentlichen Teil wie unten beschrieben hochladen und dann noch einmal prüfen; das kann einige Minuten dauern.',
  expired: (ago) => `Abgelaufen ${ago}`,
  next: 'Wartet auf die Prüfung',
  nextUntriedWhy:
    'Die Arbeit geht mit den verwendeten Anmeldeinformationen weiter. Die Prüfung meldet sich mit diesen an; hat Microsoft sie angenommen, treten sie an die Stelle der alten, und die alten werden gelöscht.',
  nextRejectedWhy:
    'Die verwendeten Anmeldeinformationen gelten weiter. Die nächste Prüfung versucht es noch einmal mit diesen.',
  nextExpiredWhy: 'Sie können nicht mehr angenommen werden. Bitte verwerfen oder durch andere ersetzen.',
  check: 'Jetzt prüfen',
  discard: 'Verwerfen',
  facts: {
    kind: 'Art',
    expires: 'Läuft ab',
    stored: 'Hinterlegt',
    sha1: 'Fingerabdruck SHA‑1',
    sha256: 'Fingerabdruck SHA‑256',
    public: 'Öffentliches Zertifikat',
  },
  noExpiry: 'ohne angegebenes Ende',
  noWarning: 'vor dem Ablauf kommt keine Warnung',
  noWarningWhy:
    'Der verwendete Clientschlüssel hat ein Enddatum. Ohne Datum für den neuen kommt vor dessen Ablauf keine Warnung.',
  download: (form) => `.${form} herunterladen`,
  copy: 'Kopieren',
  copied: 'Kopiert',
  upload: {
    title: 'In die App-Registrierung hochladen',
    steps: (clientId) => [
      'Hier das öffentliche Zertifikat herunterladen. Es enthält keinen privaten Schlüssel.',
      `Im Microsoft Entra Admin Center des Mandantenverzeichnisses App-Registrierungen → Alle Anwendungen öffnen, dort die App ${clientId}.`,
      'Zertifikate & Geheimnisse → Zertifikate → Zertifikat hochladen: die heruntergeladene Datei wählen.',
      'Den Fingerabdruck dort mit dem Fingerabdruck hier vergleichen und dann die Verbindung prüfen.',
    ],
  },
  store: 'Neue Anmeldeinformationen hinterlegen',
  replaces: 'Sie treten an die Stelle derer, die warten.',
  ways: {
    secret: 'Geheimer Clientschlüssel',
    certificate: 'Eigenes Zertifikat',
    made: 'Hier erstelltes Zertifikat',
  },
  choose: 'Art der Anmeldeinformationen',
  storeSecret: 'Clientschlüssel hinterlegen',
  storeCertificate: 'Zertifikat hinterlegen',
  chooseFile: 'Oder aus einer Datei übernehmen',
  made: {
    text: 'TenantPilot erstellt ein Schlüsselpaar und ein Zertifikat, das ein Jahr gilt. Der private Schlüssel wird verschlüsselt hinterlegt und verlässt TenantPilot nie. Das öffentliche Zertifikat wird anschließend in die App-Registrierung hochgeladen.',
    button: 'Zertifikat erstellen',
  },
  confirm: {
    title: 'Wartende Anmeldeinformationen verwerfen?',
    discarded: 'Die wartenden Anmeldeinformationen',
    gone: 'werden gelöscht',
    inUse: 'Die verwendeten Anmeldeinformationen',
    stays: 'gelten weiter',
    button: 'Verwerfen',
    cancel: 'Behalten',
  },
  notice: {
    waits: {
      client_secret: 'Neuer geheimer Clientschlüssel wartet auf die Prüfung',
      certificate: 'Neues Zertifikat wartet auf die Prüfung',
    },
    rejected: {
      client_secret: 'Neuer geheimer Clientschlüssel abgelehnt',
      certificate: 'Neues Zertifikat abgelehnt',
    },
    expired: {
      client_secret: 'Neuer geheimer Clientschlüssel vor seiner Annahme abgelaufen',
      certificate: 'Neues Zertifikat vor seiner Annahme abgelaufen',
    },
    rejectedWhy: (ago) =>
      `Die Ablehnung durch Microsoft kam ${ago}. Die verwendeten Anmeldeinformationen gelten weiter.`,
    see: 'Anmeldeinformationen ansehen',
    ends: {
      client_secret: (ahead) => `Der geheime Clientschlüssel läuft ${ahead} ab`,
      certificate: (ahead) => `Das Zertifikat läuft ${ahead} ab`,
    },
    endsWhy: (date) =>
      `Danach (${date}) wird die Anmeldung von Microsoft abgelehnt, und jeder Start über diese Verbindung ist blockiert.`,
    endsNextWaits: 'Neue sind schon hinterlegt; eine Prüfung lässt sie an ihre Stelle treten.',
    renew: 'Neue Anmeldeinformationen hinterlegen',
    takenOver: {
      client_secret: 'Der neue geheime Clientschlüssel ist jetzt in Gebrauch',
      certificate: 'Das neue Zertifikat ist jetzt in Gebrauch',
    },
    takenOverWhy:
      'Die Annahme durch Microsoft ist bestätigt, und die bisherigen Anmeldeinformationen sind hier gelöscht. Sie können aus der App-Registrierung entfernt werden.',
  },
  listed: {
    ends: (ahead) => `läuft ${ahead} ab`,
    waits: 'neue warten auf die Prüfung',
    rejected: 'die neuen wurden abgelehnt',
    expired: 'die neuen sind abgelaufen',
  },
}

const WORDS: InEveryLanguage<CredentialWords> = { en: EN, de: DE }

/** The words of a connection's credentials in one language. */
export const wordsOfCredentials = (language: Language): CredentialWords => WORDS[language]
