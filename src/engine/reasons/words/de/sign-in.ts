import type { ReasonOf } from '../../reason.ts'
import type { ReasonTexts } from '../words.ts'

/** Reasons why our app cannot sign in to the directory. */
export const signInTexts = {
  provider_consent_missing: () => ({
    label: 'Administratorzustimmung nicht erteilt',
    explanation: 'Noch kein Administrator dieses Verzeichnisses hat der App die Zustimmung erteilt.',
    cause: 'Ohne Administratorzustimmung lässt Microsoft die App nicht in das Verzeichnis.',
  }),
  provider_consent_revoked: () => ({
    label: 'Administratorzustimmung widerrufen',
    explanation:
      'Die Administratorzustimmung, die der App in diesem Verzeichnis erteilt war, besteht nicht mehr.',
    cause:
      'Ein Administrator kann die Zustimmung jederzeit zurücknehmen. Seitdem weist Microsoft die App ab.',
  }),
  provider_consent_failed: () => ({
    label: 'Administratorzustimmung nicht gelungen',
    explanation:
      'Der letzte Versuch, in diesem Verzeichnis die Administratorzustimmung zu erteilen, ist nicht gelungen.',
    cause: 'Die Zustimmung wurde abgelehnt, oder die angemeldete Person darf sie dort nicht erteilen.',
  }),
  provider_app_disabled: () => ({
    label: 'App im Verzeichnis deaktiviert',
    explanation: 'Die App ist in diesem Verzeichnis vorhanden, aber dort deaktiviert.',
    cause: 'Ein Administrator des Verzeichnisses hat sie deaktiviert. Nur dort kann sie aktiviert werden.',
  }),
  provider_credential_missing: () => ({
    label: 'Anmeldeinformationen fehlen',
    explanation:
      'Für die Verbindung sind keine Anmeldeinformationen hinterlegt. Die App kann sich nicht bei Microsoft anmelden.',
    cause:
      'Eine Verbindung mit eigener App-Registrierung braucht einen geheimen Clientschlüssel oder ein Zertifikat.',
  }),
  provider_credential_expired: ({ credential, expiredAt }, say) => {
    const { title, name, plural } = CREDENTIAL[credential]
    const expired = expiredAt === null ? 'ist abgelaufen' : `ist am ${say.date(expiredAt)} abgelaufen`
    return {
      label: `${title} abgelaufen`,
      explanation: `${name} ${expired}. Microsoft weist abgelaufene ${plural} ab.`,
      cause: 'Jeder Vorgang über diese Verbindung würde bei der ersten Anfrage enden.',
    }
  },
  provider_credential_rejected: ({ credential }) => ({
    label: `${CREDENTIAL[credential].title} abgelehnt`,
    explanation: `${CREDENTIAL[credential].name} dieser Verbindung wurde von Microsoft abgelehnt.`,
    cause: CREDENTIAL[credential].whyRejected,
  }),
  provider_credential_next_rejected: ({ credential }) => ({
    label: CREDENTIAL[credential].newRejected,
    explanation: `${CREDENTIAL[credential].newName} wurde von Microsoft abgelehnt. Die Anmeldeinformationen, die in Gebrauch sind, gelten weiter.`,
    cause: CREDENTIAL[credential].whyNewRejected,
  }),
  provider_access_policy: () => ({
    label: 'Vom bedingten Zugriff abgewiesen',
    explanation:
      'Eine Richtlinie für bedingten Zugriff lässt die Anmeldung der App in diesem Verzeichnis nicht zu.',
    cause:
      'Solche Richtlinien können Apps nur von bestimmten Orten zulassen. Sie gehören zum Verzeichnis, nicht zu TenantPilot.',
  }),
  platform_identity_missing: () => ({
    label: 'Zentrale App nicht nutzbar',
    explanation:
      'Die Verbindung nutzt die zentrale App dieser Installation, und diese kann sich nicht anmelden.',
    cause:
      'Sie ist nicht eingerichtet, oder ihre Anmeldeinformationen gelten nicht mehr. Eigene Anmeldeinformationen des Mandanten treten nie an ihre Stelle.',
  }),
} satisfies Partial<ReasonTexts>

type Credential = ReasonOf<'provider_credential_rejected'>['credential']
interface CredentialNames {
  title: string
  name: string
  plural: string
  whyRejected: string
  newRejected: string
  newName: string
  whyNewRejected: string
}

const CREDENTIAL: Record<Credential, CredentialNames> = {
  client_secret: {
    title: 'Geheimer Clientschlüssel',
    name: 'Der geheime Clientschlüssel',
    plural: 'Clientschlüssel',
    whyRejected:
      'Vermutlich wurde er in der App-Registrierung ersetzt oder gelöscht, oder nicht vollständig kopiert.',
    newRejected: 'Neuer geheimer Clientschlüssel abgelehnt',
    newName: 'Der neue geheime Clientschlüssel',
    whyNewRejected:
      'Vermutlich wurde er nicht vollständig kopiert. Ist er eben erst angelegt worden, kann es einige Minuten dauern.',
  },
  certificate: {
    title: 'Zertifikat',
    name: 'Das Zertifikat',
    plural: 'Zertifikate',
    whyRejected:
      'Vermutlich wurde es noch nicht in die App-Registrierung hochgeladen, oder es wurde dort entfernt.',
    newRejected: 'Neues Zertifikat abgelehnt',
    newName: 'Das neue Zertifikat',
    whyNewRejected:
      'Vermutlich wurde es noch nicht in der App-Registrierung hochgeladen. Danach kann es einige Minuten dauern.',
  },
}
