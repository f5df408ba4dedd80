import type { InEveryLanguage, Language } from '../../kernel/index.ts'

const EN = {
  stop: {
    button: 'Cancel this operation',
    asked: (by: string | null, time: string, ago: string) =>
      `Cancellation was requested${by === null ? '' : ` by ${by}`} at ${time}, ${ago}.`,
    title: (operation: string) => `Cancel “${operation}”?`,
    crumb: 'Cancel',
    lead: 'It stops after the request that is on its way, usually within seconds.',
    what: 'What it means',
    soFar: 'Read so far',
    stays: 'What stays',
    staysText: 'Everything that was read so far is kept and can be seen.',
    lost: 'What is lost',
    lostReads: 'Its place. The same operation, started again, reads from the beginning.',
    lostWrites: 'Nothing is undone: what was written to the tenant stays, and the rest is not written.',
    directory: 'Directory',
    directoryText: 'Stays held until the work has really stopped.',
    confirm: 'Cancel this operation',
    back: 'Let it go on',
  },
  release: {
    link: 'Release by force…',
    ask: 'If its worker does not let go, an owner can release the directory by force.',
    title: (operation: string) => `Release “${operation}” by force?`,
    crumb: 'Release by force',
    lead: 'Takes the operation from its worker and ends it at once. Meant for a worker that is gone or hangs.',
    what: 'How it stands and what may happen',
    heartbeat: 'Last sign of life',
    heartbeatAt: (ago: string, time: string) => `${ago}, at ${time}`,
    stopAsked: 'Cancellation requested',
    notAsked: 'Nobody has requested cancellation.',
    wire: 'Requests on their way',
    wireText:
      'One request to Microsoft may still be on its way. A worker that is still alive notices within seconds that the operation is no longer its own, and sends nothing more.',
    kept: 'What it wrote here',
    keptText: 'Stays. From now on the worker can write nothing more, however late it comes.',
    writes: 'What it wrote to the tenant',
    writesText:
      'Stays, and is not undone. The last write may or may not have been carried out; compare before you start again.',
    directory: 'Directory',
    directoryText:
      'Is free at once. The next operation may begin while that last request is still on its way.',
    why: 'Reason',
    whyHint: 'Shown with the operation and kept in the audit record. 3 to 300 characters.',
    whyWrong: 'Give a reason of 3 to 300 characters, in one line.',
    wrong: 'Nothing was changed: a field is not right',
    confirm: 'End this operation and free the directory',
    button: 'Release by force',
    back: 'Leave it as it is',
    refused: {
      title: 'It cannot be released now',
      not_running: 'No worker has this operation, so there is nothing to release.',
      alive:
        'Its worker is alive, and nobody has requested cancellation. Cancel the operation first; should it not have ended half a minute later, it can be released.',
      stopping: (seconds: string) =>
        `Its worker is alive, and cancellation was requested only just now. If it has not ended in ${seconds}, it can be released.`,
    },
  },
  again: {
    title: 'Start again',
    lead: 'The same operation with the same selection, as a new start through the same checks.',
    withConnection: (label: string) => `with the connection ${label}`,
    busy: (id: number) => `Operation #${id} holds the directory`,
  },
}

const DE: typeof EN = {
  stop: {
    button: 'Diesen Vorgang abbrechen',
    asked: (by, time, ago) =>
      by === null
        ? `Der Abbruch wurde um ${time} angefordert, ${ago}.`
        : `${by} hat den Abbruch um ${time} angefordert, ${ago}.`,
    title: (operation) => `„${operation}“ abbrechen?`,
    crumb: 'Abbrechen',
    lead: 'Der Vorgang hält nach der Anfrage an, die gerade unterwegs ist, meist binnen Sekunden.',
    what: 'Was das bedeutet',
    soFar: 'Bisher gelesen',
    stays: 'Was bleibt',
    staysText: 'Alles bisher Gelesene bleibt erhalten und sichtbar.',
    lost: 'Was verloren geht',
    lostReads: 'Die erreichte Stelle. Derselbe Vorgang liest, neu gestartet, wieder von vorn.',
    lostWrites:
      'Es wird nichts rückgängig gemacht: Was in den Mandanten geschrieben wurde, bleibt; der Rest wird nicht geschrieben.',
    directory: 'Verzeichnis',
    directoryText: 'Bleibt belegt, bis die Arbeit wirklich beendet ist.',
    confirm: 'Diesen Vorgang abbrechen',
    back: 'Weiterlaufen lassen',
  },
  release: {
    link: 'Zwangsweise freigeben …',
    ask: 'Lässt der Worker nicht los, kann ein Besitzer das Verzeichnis zwangsweise freigeben.',
    title: (operation) => `„${operation}“ zwangsweise freigeben?`,
    crumb: 'Zwangsweise freigeben',
    lead: 'Nimmt dem Worker den Vorgang ab und beendet ihn sofort. Gedacht für einen Worker, der fort ist oder hängt.',
    what: 'Wie es steht und was geschehen kann',
    heartbeat: 'Letztes Lebenszeichen',
    heartbeatAt: (ago, time) => `${ago}, um ${time}`,
    stopAsked: 'Abbruch angefordert',
    notAsked: 'Niemand hat den Abbruch angefordert.',
    wire: 'Anfragen unterwegs',
    wireText:
      'Eine Anfrage an Microsoft kann noch unterwegs sein. Ein Worker, der noch lebt, bemerkt binnen Sekunden, dass ihm der Vorgang nicht mehr gehört, und sendet nichts mehr.',
    kept: 'Was er hier geschrieben hat',
    keptText: 'Bleibt. Von jetzt an kann der Worker nichts mehr schreiben, wie spät er auch kommt.',
    writes: 'Was er in den Mandanten geschrieben hat',
    writesText:
      'Bleibt und wird nicht rückgängig gemacht. Ob der letzte Schreibvorgang ausgeführt wurde, ist nicht bekannt; bitte vor einem neuen Start vergleichen.',
    directory: 'Verzeichnis',
    directoryText:
      'Ist sofort frei. Der nächste Vorgang kann beginnen, während jene letzte Anfrage noch unterwegs ist.',
    why: 'Grund',
    whyHint: 'Steht beim Vorgang und bleibt im Audit-Eintrag. 3 bis 300 Zeichen.',
    whyWrong: 'Bitte einen Grund mit 3 bis 300 Zeichen in einer Zeile angeben.',
    wrong: 'Es wurde nichts geändert: Ein Feld stimmt nicht',
    confirm: 'Diesen Vorgang beenden und das Verzeichnis freigeben',
    button: 'Zwangsweise freigeben',
    back: 'So lassen, wie es ist',
    refused: {
      title: 'Der Vorgang lässt sich jetzt nicht freigeben',
      not_running: 'Kein Worker hat diesen Vorgang; es gibt nichts freizugeben.',
      alive:
        'Der Worker lebt, und niemand hat den Abbruch angefordert. Bitte den Vorgang zuerst abbrechen; ist er nach einer halben Minute nicht beendet, lässt er sich freigeben.',
      stopping: (seconds) =>
        `Der Worker lebt, und der Abbruch wurde eben erst angefordert. Ist der Vorgang in ${seconds} nicht beendet, lässt er sich freigeben.`,
    },
  },
  again: {
    title: 'Erneut starten',
    lead: 'Derselbe Vorgang mit derselben Auswahl, als neuer Start durch dieselben Prüfungen.',
    withConnection: (label) => `mit der Verbindung ${label}`,
    busy: (id) => `Vorgang #${id} belegt das Verzeichnis`,
  },
}

const WORDS: InEveryLanguage<typeof EN> = { en: EN, de: DE }

/** The words for what can be done with an operation, in one language. */
export const actionWords = (language: Language): typeof EN => WORDS[language]
