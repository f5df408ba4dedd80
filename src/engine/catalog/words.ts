import type { InEveryLanguage } from '../../kernel/index.ts'
import type { OperationCode } from './codes.ts'
import type { OperationWords } from './definition.ts'

/** What each operation is called, in every language. */
export const OPERATION_WORDS: Readonly<Record<OperationCode, InEveryLanguage<OperationWords>>> = {
  'provider.connection.check': {
    en: {
      verb: 'Check',
      target: 'provider connection',
      title: 'Check connection',
      noun: 'Connection',
      short: 'Check',
      usually: 'usually under 30 s',
    },
    de: {
      verb: 'Prüfen',
      target: 'Anbieterverbindung',
      title: 'Verbindung prüfen',
      noun: 'Verbindung',
      short: 'Prüfen',
      usually: 'meist unter 30 s',
    },
  },
  'directory.role_definitions.sync': {
    en: {
      verb: 'Sync',
      target: 'directory role definitions',
      title: 'Sync role definitions',
      noun: 'Role definitions',
      short: 'Sync',
      usually: 'usually under 30 s',
    },
    de: {
      verb: 'Synchronisieren',
      target: 'Rollendefinitionen des Verzeichnisses',
      title: 'Rollendefinitionen synchronisieren',
      noun: 'Rollendefinitionen',
      short: 'Sync',
      usually: 'meist unter 30 s',
    },
  },
  'directory.groups.sync': {
    en: {
      verb: 'Sync',
      target: 'directory groups',
      title: 'Sync groups',
      noun: 'Groups',
      short: 'Sync',
      usually: 'usually 1 min',
    },
    de: {
      verb: 'Synchronisieren',
      target: 'Gruppen des Verzeichnisses',
      title: 'Gruppen synchronisieren',
      noun: 'Gruppen',
      short: 'Sync',
      usually: 'meist 1 min',
    },
  },
  'inventory.sync': {
    en: {
      verb: 'Sync',
      target: 'policy inventory',
      title: 'Sync inventory',
      noun: 'Inventory',
      short: 'Sync',
      usually: 'usually 3 min',
    },
    de: {
      verb: 'Synchronisieren',
      target: 'Richtlinieninventar',
      title: 'Inventar synchronisieren',
      noun: 'Inventar',
      short: 'Sync',
      usually: 'meist 3 min',
    },
  },
  'compliance.snapshot': {
    en: {
      verb: 'Take',
      target: 'compliance snapshot',
      title: 'Take compliance snapshot',
      noun: 'Compliance',
      short: 'Snapshot',
      usually: 'usually 1 min',
    },
    de: {
      verb: 'Erfassen',
      target: 'Konformitätsstand',
      title: 'Konformitätsstand erfassen',
      noun: 'Konformität',
      short: 'Erfassen',
      usually: 'meist 1 min',
    },
  },
  'policy.backup': {
    en: {
      verb: 'Back up',
      target: 'policies',
      title: 'Back up policies',
      noun: 'Backups',
      short: 'Back up',
      usually: 'usually 5 min',
    },
    de: {
      verb: 'Sichern',
      target: 'Richtlinien',
      title: 'Richtlinien sichern',
      noun: 'Sicherungen',
      short: 'Sichern',
      usually: 'meist 5 min',
    },
  },
  'restore.preview': {
    en: {
      verb: 'Preview',
      target: 'restore',
      title: 'Preview restore',
      noun: 'Restore preview',
      short: 'Preview',
      usually: 'usually 2 min',
    },
    de: {
      verb: 'Vorschau erstellen',
      target: 'Wiederherstellung',
      title: 'Vorschau der Wiederherstellung erstellen',
      noun: 'Vorschau der Wiederherstellung',
      short: 'Vorschau',
      usually: 'meist 2 min',
    },
  },
  'restore.execute': {
    en: {
      verb: 'Restore',
      target: 'policies',
      title: 'Restore policies',
      noun: 'Restores',
      short: 'Restore',
      usually: 'usually 3 min',
    },
    de: {
      verb: 'Wiederherstellen',
      target: 'Richtlinien',
      title: 'Richtlinien wiederherstellen',
      noun: 'Wiederherstellungen',
      short: 'Wiederherstellen',
      usually: 'meist 3 min',
    },
  },
}
