import type { InEveryLanguage, Language } from '../../kernel/index.ts'

const EN = {
  lead: 'One for each operation that you started, when it ended, and for each start that waited and came to nothing.',
  show: { label: 'Show notifications', all: 'All', unread: 'Unread' },
  none: {
    all: {
      title: 'Nothing to tell yet',
      text: 'When an operation that you started ends, it is told here once.',
    },
    unread: { title: 'Everything is read', text: 'What ends from now on appears here by itself.' },
  },
  today: 'Today',
  yesterday: 'Yesterday',
  readAll: 'Mark all as read',
  readOne: 'Mark as read',
  unreadOne: 'Mark as unread',
  unread: 'unread',
  pages: 'Pages',
  newer: 'Newer',
  older: 'Older',
  /** "Sync groups in Northwind: Failed" */
  title: (operation: string, tenant: string, state: string) => `${operation} in ${tenant}: ${state}`,
}

const DE: typeof EN = {
  lead: 'Eine für jeden selbst gestarteten Vorgang, sobald er endet, und für jeden wartenden Start, aus dem nichts wurde.',
  show: { label: 'Benachrichtigungen zeigen', all: 'Alle', unread: 'Ungelesen' },
  none: {
    all: {
      title: 'Noch nichts zu melden',
      text: 'Endet ein selbst gestarteter Vorgang, steht es hier genau einmal.',
    },
    unread: { title: 'Alles ist gelesen', text: 'Was von jetzt an endet, erscheint hier von selbst.' },
  },
  today: 'Heute',
  yesterday: 'Gestern',
  readAll: 'Alle als gelesen markieren',
  readOne: 'Als gelesen markieren',
  unreadOne: 'Als ungelesen markieren',
  unread: 'ungelesen',
  pages: 'Seiten',
  newer: 'Neuere',
  older: 'Ältere',
  title: (operation, tenant, state) => `${operation} in ${tenant}: ${state}`,
}

const WORDS: InEveryLanguage<typeof EN> = { en: EN, de: DE }

/** The words of notifications in one language. */
export const notificationWords = (language: Language): typeof EN => WORDS[language]
