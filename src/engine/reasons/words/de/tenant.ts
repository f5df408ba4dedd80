import type { ReasonOf } from '../../reason.ts'
import type { Sayer } from '../../sayer.ts'
import type { ReasonTexts, ReasonWords } from '../words.ts'

/** Reasons that lie in the tenant's state, or in a hold that somebody put on it. */
export const tenantTexts = {
  tenant_not_operable: (reason, say) => notOperable(reason, say),
  tenant_directory_claimed: ({ since }, say) => ({
    label: 'Verzeichnis in anderem Arbeitsbereich verwaltet',
    explanation: `Dieses Verzeichnis wird bereits in einem anderen Arbeitsbereich dieser Installation verwaltet; das hat eine Prüfung am ${say.date(since)} ergeben. Bis das endet, kann hier nur die Verbindungsprüfung starten.`,
    cause:
      'In einem Verzeichnis wird nur von einer Stelle aus gearbeitet, damit nie zwei Teams es gleichzeitig ändern.',
  }),
  operation_paused: ({ why, by, until }, say) => ({
    label: 'Vorgang pausiert',
    explanation: `${by} hat diesen Vorgang ${untilWhen(until, say)} pausiert. Angegebener Grund: „${why}“`,
    cause: 'Eine Pause hält nur neue Starts zurück. Bereits angenommene Arbeit läuft weiter.',
  }),
  tenant_frozen: ({ why, by, until }, say) => ({
    label: 'Mandant eingefroren',
    explanation: `${by} hat diesen Mandanten ${untilWhen(until, say)} eingefroren. Angegebener Grund: „${why}“`,
    cause:
      'Das Einfrieren hält nur neue Starts in diesem Mandanten zurück. Bereits angenommene Arbeit läuft weiter.',
  }),
} satisfies Partial<ReasonTexts>

function notOperable({ state, since }: ReasonOf<'tenant_not_operable'>, say: Sayer): ReasonWords {
  const from = since === undefined ? '' : ` seit dem ${say.date(since)}`
  const words = {
    draft: {
      label: 'Mandant ist ein Entwurf',
      explanation: `Dieser Mandant ist${from} ein Entwurf, und in einem Entwurf kann nichts gestartet werden.`,
      cause: 'Arbeit wird möglich, sobald das Onboarding nachgewiesen hat, wer das Verzeichnis verwaltet.',
    },
    onboarding: {
      label: 'Mandant ist im Onboarding',
      explanation: `Dieser Mandant ist${from} im Onboarding. Nur die Verbindungsprüfung und die ersten Synchronisierungen können starten.`,
      cause: 'Alles andere wartet, bis der Mandant aktiviert ist, damit nichts auf halber Einrichtung läuft.',
    },
    archived: {
      label: 'Mandant ist archiviert',
      explanation: `Dieser Mandant ist${from} archiviert. Er kann angesehen werden, aber nichts kann darin gestartet werden.`,
      cause:
        'Das Archivieren beendet die Arbeit in einem Mandanten und behält die Aufzeichnungen. Der Mandant kann zurückgeholt werden.',
    },
  }
  return words[state]
}

const untilWhen = (until: string | null, say: Sayer) =>
  until === null ? 'bis auf Weiteres' : `bis ${say.time(until)}`
