import { definitionOf } from '../../catalog/index.ts'
import type { StepTexts } from './words.ts'

/** Every step in German. */
export const german: StepTexts = {
  links: {
    open_tenant: () => ({ label: 'Mandanten öffnen', deed: 'den Mandanten anzusehen' }),
    continue_onboarding: () => ({
      label: 'Onboarding fortsetzen',
      description: 'Mit der Aktivierung des Mandanten wird jeder Vorgang möglich.',
      deed: 'das Onboarding abzuschließen',
    }),
    add_connection: () => ({
      label: 'Anbieterverbindung hinzufügen',
      description:
        'Mit einer App-Registrierung im Verzeichnis des Mandanten und einem ihrer geheimen Clientschlüssel.',
      deed: 'eine Anbieterverbindung hinzuzufügen',
    }),
    choose_default_connection: () => ({
      label: 'Standardverbindung wählen',
      description: 'Jeder Start ohne genannte Verbindung nutzt sie.',
      deed: 'die Standardverbindung zu wählen',
    }),
    enable_connection: () => ({
      label: 'Anbieterverbindung öffnen',
      description: 'Dort lässt sie sich aktivieren.',
      deed: 'die Anbieterverbindung zu aktivieren',
    }),
    correct_connection: () => ({
      label: 'Anbieterverbindung öffnen',
      description: 'Ihr Verzeichnis mit dem des Mandanten vergleichen.',
      deed: 'die Anbieterverbindung zu berichtigen',
    }),
    grant_consent: () => ({
      label: 'Administratorzustimmung erteilen',
      description:
        'Ein Administrator des Verzeichnisses erteilt sie in Microsoft Entra; die Seite sagt, wie.',
      deed: 'die Administratorzustimmung einzuholen',
    }),
    update_credential: () => ({
      label: 'Anmeldeinformationen aktualisieren',
      description:
        'Einen neuen geheimen Clientschlüssel oder ein neues Zertifikat der App-Registrierung hinterlegen.',
      deed: 'die Anmeldeinformationen zu aktualisieren',
    }),
    review_permissions: () => ({
      label: 'Erforderliche Berechtigungen ansehen',
      description: 'Zeigt, was erteilt ist, was fehlt und wie es erteilt wird.',
      deed: 'die erforderlichen Berechtigungen anzusehen',
    }),
    check_connection: () => ({
      label: 'Verbindung prüfen',
      description: 'Fragt bei Microsoft ab, was die App jetzt darf, meist unter 30 s.',
      deed: 'die Verbindung zu prüfen',
    }),
    open_diagnostics: () => ({
      label: 'Diagnose öffnen',
      description: 'Dort steht, was der Support von Microsoft wissen will.',
      deed: 'die Diagnose anzusehen',
    }),
    regenerate_preview: () => ({
      label: 'Vorschau neu erstellen',
      description: 'Vergleicht die Sicherung mit dem jetzigen Stand des Mandanten und schreibt nichts.',
      deed: 'die Vorschau neu zu erstellen',
    }),
    confirm_restore: () => ({
      label: 'Bestätigung abschließen',
      description: 'Vorher wird nichts geschrieben.',
      deed: 'die Wiederherstellung zu bestätigen',
    }),
    reconcile_restore: () => ({
      label: 'Wiederherstellung abgleichen',
      description: 'Das Gesendete mit dem Stand im Mandanten vergleichen und jeden offenen Punkt klären.',
      deed: 'die Wiederherstellung abzugleichen',
    }),
    open_operation: ({ holder }) => ({
      label: 'Vorgang öffnen',
      description: `Vorgang #${holder.runId}, ${definitionOf(holder.operation).words.de.title}.`,
      deed: `Vorgang #${holder.runId} anzusehen`,
    }),
    restore_access: () => ({
      label: 'Mitglieder ansehen',
      description: 'Zeigt die Rollen in diesem Arbeitsbereich und welche Mandanten jede Person erreicht.',
      deed: 'den Zugriff wiederherzustellen',
    }),
    start_again: () => ({
      label: 'Erneut starten',
      description: 'Dabei wird alles geprüft wie bei jedem Start.',
      deed: 'den Vorgang erneut zu starten',
    }),
  },
  advice: {
    ask_to_enable_app: () => ({
      label: 'Den Administrator des Verzeichnisses fragen',
      description: 'Die App lässt sich dort unter den Unternehmensanwendungen aktivieren.',
    }),
    ask_for_policy_exception: () => ({
      label: 'Den Administrator des Verzeichnisses fragen',
      description:
        'Dort ist zu sehen, welche Richtlinie für bedingten Zugriff die App abweist, und sie lässt sich ausnehmen.',
    }),
    ask_for_central_app: () => ({
      label: 'Den Administrator der Installation fragen',
      description: 'Die zentrale App und ihre Anmeldeinformationen werden dort für alle eingerichtet.',
    }),
    ask_about_directory: () => ({
      label: 'Den Administrator der Installation fragen',
      description:
        'Dort ist bekannt, wer dieses Verzeichnis verwaltet. Sobald der Mandant dort archiviert ist, ist es frei; dann erneut prüfen.',
    }),
    ask_about_network: () => ({
      label: 'Den Administrator der Installation fragen',
      description: 'Dort ist bekannt, was zwischen TenantPilot und Microsoft steht, etwa ein Proxy.',
    }),
    report_fault: ({ correlationId }) => ({
      label: `Mit der ID ${correlationId} melden`,
      description: 'Der Administrator der Installation findet den Fehler damit im Protokoll.',
    }),
    wait_for_microsoft: ({ until }, say) => ({
      label: until === null ? 'Später erneut versuchen' : `Nach dem ${say.time(until)} erneut versuchen`,
    }),
    wait_for_directory: () => ({
      label: 'Warten, bis das Verzeichnis frei ist',
      description: 'Es ist wieder frei, sobald der andere Vorgang endet.',
    }),
  },
  ask: (role, deed) => `${WHO[role]} bitten, ${deed}`,
}

const WHO = {
  readonly: 'Ein Mitglied',
  operator: 'Einen Operator',
  manager: 'Einen Manager',
  owner: 'Einen Besitzer',
}
