import type { ReasonOf } from '../../reason.ts'
import type { Sayer } from '../../sayer.ts'
import type { ReasonTexts } from '../words.ts'

/** Reasons why Microsoft does not do what our app asks once it is signed in. */
export const permissionTexts = {
  provider_permission_missing: (reason, say) => ({
    label:
      reason.permissions.length > 1
        ? `${reason.permissions.length} Berechtigungen fehlen`
        : 'Berechtigung fehlt',
    explanation: whatIsMissing(reason, say),
    cause: 'Microsoft lässt eine App nur tun, was die erteilten Anwendungsberechtigungen abdecken.',
  }),
  provider_evidence_missing: () => ({
    label: 'Noch keine erfolgreiche Prüfung',
    explanation:
      'Noch keine Prüfung hat sich über diese Verbindung angemeldet. Daher ist nicht bekannt, welche Berechtigungen die App hat.',
    cause: 'Was nicht bekannt ist, gilt als nicht erteilt, damit die Arbeit nicht auf halbem Weg scheitert.',
  }),
  provider_evidence_stale: ({ seenAt, maxAgeDays }, say) => ({
    label: 'Nachweis zu alt',
    explanation: `Die erteilten Berechtigungen wurden zuletzt am ${say.time(seenAt)} gesehen. Ein solcher Nachweis gilt ${days(maxAgeDays)}.`,
    cause: 'Berechtigungen können jederzeit entzogen werden. Ein alter Nachweis gilt als nicht erteilt.',
  }),
  provider_not_licensed: () => ({
    label: 'Intune nicht verfügbar',
    explanation: 'Microsoft meldet, dass Intune in diesem Verzeichnis nicht verfügbar ist.',
    cause: 'Das Verzeichnis hat keine Intune-Lizenz, oder die Geräteverwaltung wurde dort nie eingerichtet.',
  }),
  provider_throttled: ({ until }, say) => ({
    label: 'Microsoft verlangt eine Wartezeit',
    explanation: `Microsoft nimmt für diesen Mandanten ${until === null ? 'vorerst' : `bis ${say.time(until)}`} keine weiteren Anfragen an.`,
    cause: 'In kurzer Zeit wurden zu viele Anfragen gesendet. Die Begrenzung endet von selbst.',
  }),
  provider_unreachable: () => ({
    label: 'Microsoft nicht erreichbar',
    explanation: 'Microsoft hat keine brauchbare Antwort gegeben, auch nicht nach mehreren Versuchen.',
    cause: 'Das Netz oder der Dienst bei Microsoft ist gestört. Das gibt sich meist von selbst.',
  }),
  provider_rejected_request: () => ({
    label: 'Anfrage von Microsoft nicht angenommen',
    explanation:
      'Microsoft hat eine Anfrage dieses Vorgangs nicht angenommen. Eine Wiederholung würde nicht helfen.',
    cause:
      'Die Anfrage oder die Daten darin entsprechen nicht dem, was Microsoft erwartet. Einzelheiten stehen in der Diagnose.',
  }),
  provider_outcome_unknown: () => ({
    label: 'Ergebnis einer Änderung unbekannt',
    explanation:
      'Eine Änderung wurde an Microsoft gesendet, und ihr Ergebnis ist nicht bekannt. Möglicherweise wurde sie vorgenommen.',
    cause:
      'Die Verbindung oder der Dienst ist ausgefallen, bevor die Antwort von Microsoft ankam. Die Änderung wurde nicht noch einmal gesendet, weil sie sonst doppelt vorgenommen werden könnte.',
  }),
  provider_token_rejected: () => ({
    label: 'Anmeldung von Microsoft Graph nicht akzeptiert',
    explanation:
      'Die App hat sich angemeldet, aber Microsoft Graph hat ihr Zugriffstoken abgewiesen, auch ein neues.',
    cause:
      'Das kommt vor, kurz nachdem eine App geändert oder wieder aktiviert wurde, oder während Microsoft ihre Anmeldungen widerruft. Die Anmeldeinformationen selbst wurden akzeptiert.',
  }),
  provider_reading_lost: () => ({
    label: 'Lesen von Microsoft abgebrochen',
    explanation:
      'Microsoft hat den eigenen Link zu den übrigen Daten nicht mehr angenommen, und auch ein neuer Anfang hat nicht geholfen.',
    cause:
      'Solche Links gelten nur eine Zeit lang, und Microsoft kann sie jederzeit beenden. Was bisher gelesen wurde, bleibt erhalten, und ein neuer Start liest alles.',
  }),
  provider_link_untrusted: () => ({
    label: 'Antwort verweist nach außerhalb von Microsoft Graph',
    explanation:
      'Für die übrigen Daten nannte die Antwort eine Adresse, die nicht zu Microsoft Graph gehört. Sie wurde nicht geöffnet, und nichts wurde dorthin gesendet.',
    cause:
      'Microsoft selbst tut das nie. Vermutlich hat etwas auf dem Weg die Antwort verändert, zum Beispiel ein Proxy.',
  }),
} satisfies Partial<ReasonTexts>

function whatIsMissing({ permissions, seenAt }: ReasonOf<'provider_permission_missing'>, say: Sayer): string {
  if (permissions.length === 0) return 'Der App fehlt eine Berechtigung, die Microsoft verlangt.'
  const verb = permissions.length === 1 ? 'fehlt' : 'fehlen'
  const lacks = `Der App ${verb} in diesem Mandanten ${LIST.format(permissions)}.`
  if (seenAt === undefined) return lacks
  return `${lacks} Die erteilten Berechtigungen wurden zuletzt am ${say.time(seenAt)} gesehen.`
}

const LIST = new Intl.ListFormat('de-DE', { type: 'conjunction' })
const days = (count: number) => (count === 1 ? '1 Tag' : `${count} Tage`)
