import { definitionOf } from '../../../catalog/index.ts'
import type { Holder } from '../../reason.ts'
import type { Sayer } from '../../sayer.ts'
import type { ReasonTexts } from '../words.ts'

/** Reasons that lie in another operation, or in how this one ended. */
export const runTexts = {
  scope_busy: ({ holder }, say) =>
    holder === null
      ? {
          label: 'Andere Arbeit belegt das Verzeichnis',
          explanation:
            'Ein anderer Vorgang belegt dieses Verzeichnis, und nur einer darf gleichzeitig daran arbeiten.',
          cause: 'Das Verzeichnis ist wieder frei, sobald jener Vorgang endet.',
        }
      : {
          label: 'Andere Arbeit belegt das Verzeichnis',
          explanation: `„${definitionOf(holder.operation).words.de.title}“ belegt dieses Verzeichnis, und nur ein Vorgang darf gleichzeitig daran arbeiten.${waits(holder, say)}`,
          cause: `Es ist Vorgang #${holder.runId}, gestartet von ${holder.initiatorName ?? 'System'} am ${say.time(holder.since)}. Das Verzeichnis ist wieder frei, sobald er endet.`,
        },
  already_running: ({ holder }, say) =>
    holder === null
      ? {
          label: 'Läuft bereits',
          explanation: 'Dieselbe Arbeit ist schon im Gange.',
          cause: 'Ein zweiter Vorgang würde nur dasselbe noch einmal tun.',
        }
      : {
          label: 'Läuft bereits',
          explanation: `${holder.initiatorName ?? 'System'} hat dieselbe Arbeit am ${say.time(holder.since)} gestartet, und sie ist noch nicht beendet.${waits(holder, say)}`,
          cause: `Vorgang #${holder.runId} erledigt diese Arbeit. Ein zweiter würde nur dasselbe noch einmal tun.`,
        },
  waited_too_long: ({ hours, since }, say) => ({
    label: 'Zu lange gewartet',
    explanation: `Dieser Start wartet seit dem ${say.time(since)} darauf, dass das Verzeichnis frei wird, und kam innerhalb von ${hours} Stunden nicht an die Reihe.`,
    cause:
      'Nach so langer Zeit ist nicht sicher, dass er noch gewünscht ist; deshalb wurde er nicht gestartet.',
  }),
  authorization_lost: () => ({
    label: 'Nicht mehr berechtigt',
    explanation: 'Die Person, die diesen Vorgang gestartet hat, darf ihn nicht mehr starten.',
    cause:
      'Das wird vor Beginn der Arbeit erneut geprüft. Mitgliedschaft oder Rolle haben sich seit dem Start geändert.',
  }),
  run_stale: ({ lastSeenAt }, say) => ({
    label: 'Kein Lebenszeichen',
    explanation:
      lastSeenAt === null
        ? 'Der Vorgang gab nie ein Lebenszeichen und wurde deshalb beendet.'
        : `Der Vorgang gab nach dem ${say.time(lastSeenAt)} kein Lebenszeichen mehr und wurde deshalb beendet.`,
    cause:
      'Der ausführende Prozess ist unerwartet stehen geblieben. Was er gespeichert hatte, bleibt erhalten.',
  }),
  run_cancelled: ({ by }) => ({
    label: 'Abgebrochen',
    explanation: by === null ? 'Dieser Vorgang wurde abgebrochen.' : `${by} hat diesen Vorgang abgebrochen.`,
    cause: 'Was vorher erledigt war, bleibt, wie es ist. Mehr geschieht nicht.',
  }),
  run_force_released: ({ by, why }) => ({
    label: 'Zwangsweise freigegeben',
    explanation: `${by} hat das Verzeichnis zwangsweise freigegeben und diesen Vorgang beendet. Angegebener Grund: „${why}“`,
    cause:
      'Der Vorgang endete nicht von selbst. Was er gespeichert hatte, bleibt erhalten; ein Worker, der noch daran arbeitet, kann hier nichts mehr schreiben.',
  }),
  internal_error: ({ correlationId }) => ({
    label: 'Fehler in TenantPilot',
    explanation: 'In TenantPilot selbst ist ein Fehler aufgetreten, nicht im Mandanten.',
    cause: `Der Fehler ist unter der ID ${correlationId} protokolliert.`,
  }),
} satisfies Partial<ReasonTexts>

const waits = ({ waitsUntil }: Holder, say: Sayer): string =>
  waitsUntil
    ? ` Bis ${say.time(waitsUntil)} wird auf Microsoft gewartet; danach geht es von selbst weiter.`
    : ''
