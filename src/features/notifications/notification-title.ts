import { definitionOf } from '../../engine/catalog/index.ts'
import type { Language } from '../../kernel/index.ts'
import { waitingWords, webWords } from '../../web/index.ts'
import type { NotificationRow } from './notifications.sql.ts'
import { notificationWords } from './notifications.words.ts'

/** "Sync groups in Northwind: Failed", as the page and the letter have it. */
export function titleOf(
  { operation, outcome, tenant_name }: Pick<NotificationRow, 'operation' | 'outcome' | 'tenant_name'>,
  language: Language,
): string {
  const { title } = definitionOf(operation).words[language]
  return notificationWords(language).title(title, tenant_name, webWords(language).states[outcome])
}

/** The title of a notification: of a waiting start it says that it was cancelled, or not started. */
export function titleOfNotification(row: NotificationRow, language: Language): string {
  if (row.about.kind === 'run') return titleOf(row, language)
  const { states } = waitingWords(language)
  const state = row.outcome === 'cancelled' ? states.cancelled : states.refused
  return notificationWords(language).title(
    definitionOf(row.operation).words[language].title,
    row.tenant_name,
    state,
  )
}
