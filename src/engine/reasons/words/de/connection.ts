import { definitionOf } from '../../../catalog/index.ts'
import type { ReasonTexts } from '../words.ts'

/** Reasons that lie in how the tenant is reached. */
export const connectionTexts = {
  provider_connection_missing: () => ({
    label: 'Keine Anbieterverbindung',
    explanation: 'Dieser Mandant hat keine Anbieterverbindung und ist daher noch nicht erreichbar.',
    cause:
      'Jeder Vorgang läuft über eine Verbindung: eine App-Registrierung, die sich bei Microsoft anmeldet.',
  }),
  provider_connection_default_missing: ({ count }) => ({
    label: 'Keine Standardverbindung',
    explanation:
      count === 1
        ? 'Es gibt eine Verbindung, aber sie ist nicht als Standard festgelegt.'
        : `Es gibt ${count} Verbindungen, aber keine ist als Standard festgelegt.`,
    cause:
      'Ein Start nutzt die Standardverbindung. Sie wird nie geraten, denn eine andere App darf womöglich anderes.',
  }),
  provider_connection_disabled: () => ({
    label: 'Verbindung deaktiviert',
    explanation: 'Die Anbieterverbindung ist deaktiviert, daher darf kein Vorgang sie nutzen.',
    cause: 'Jemand hat sie deaktiviert. Sie bleibt es, bis sie wieder aktiviert wird.',
  }),
  provider_binding_unsupported: ({ operation }) => ({
    label: 'Bei diesem Anbieter nicht verfügbar',
    explanation: `„${definitionOf(operation).words.de.title}“ ist beim Anbieter dieser Verbindung nicht verfügbar.`,
    cause:
      'Der Anbieter hat nichts, womit dieser Vorgang arbeiten könnte. Andere Einstellungen ändern das nicht.',
  }),
  provider_scope_mismatch: () => ({
    label: 'Verbindung führt in ein anderes Verzeichnis',
    explanation: 'Das Verzeichnis der Verbindung ist nicht das Verzeichnis dieses Mandanten.',
    cause:
      'Die Arbeit könnte den falschen Mandanten treffen. Deshalb startet nichts, bis beide dasselbe Verzeichnis nennen.',
  }),
  provider_directory_unknown: () => ({
    label: 'Verzeichnis bei Microsoft nicht gefunden',
    explanation:
      'Microsoft kennt kein Verzeichnis mit dieser ID in der Cloud, die von der Verbindung genutzt wird.',
    cause:
      'Die ID ist vielleicht falsch geschrieben, das Verzeichnis gelöscht, oder es liegt in einer anderen Microsoft-Cloud.',
  }),
} satisfies Partial<ReasonTexts>
