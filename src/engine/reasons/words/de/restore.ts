import type { ReasonTexts } from '../words.ts'

/** Reasons that hold back a restore. */
export const restoreTexts = {
  restore_preview_missing: () => ({
    label: 'Vorschau fehlt',
    explanation:
      'Zu dieser Wiederherstellung gibt es keine Vorschau. Was sie ändern würde, ist nicht zu sehen.',
    cause: 'Eine Wiederherstellung schreibt nur, was in der Vorschau stand und bestätigt wurde.',
  }),
  restore_preview_outdated: ({ because, previewedAt, maxAgeMinutes }, say) => ({
    label: 'Vorschau veraltet',
    explanation:
      because === 'too_old'
        ? `Die Vorschau ist vom ${say.time(previewedAt)}. Eine Vorschau gilt ${maxAgeMinutes} Minuten.`
        : `Seit der Vorschau vom ${say.time(previewedAt)} hat sich die Auswahl, ihre Zuordnung oder der Mandant geändert.`,
    cause:
      'Geschrieben wird nur, was in der Vorschau zu sehen war. Sie muss daher zum jetzigen Stand des Mandanten passen.',
  }),
  restore_not_confirmed: () => ({
    label: 'Wiederherstellung nicht bestätigt',
    explanation: 'Zu dieser Wiederherstellung gibt es eine Vorschau, aber noch keine Bestätigung.',
    cause:
      'Eine Wiederherstellung überschreibt Einstellungen. Deshalb wird sie vorher mit dem Namen des Mandanten bestätigt.',
  }),
  restore_write_gate_closed: () => ({
    label: 'Schreibzugriff nicht nachgewiesen',
    explanation: 'Es gibt keinen aktuellen Nachweis, dass die App in diesem Mandanten schreiben darf.',
    cause:
      'Eine auf halbem Weg abgewiesene Wiederherstellung ließe den Mandanten halb geändert zurück. Deshalb wird der Schreibzugriff vorher nachgewiesen.',
  }),
  restore_outcome_unknown: () => ({
    label: 'Ergebnis eines früheren Schreibvorgangs unbekannt',
    explanation:
      'Eine frühere Wiederherstellung hat eine Änderung an Microsoft gesendet, deren Ergebnis nicht bekannt ist.',
    cause: 'Erneutes Schreiben könnte dieselbe Richtlinie doppelt anlegen. Vorher muss verglichen werden.',
  }),
} satisfies Partial<ReasonTexts>
