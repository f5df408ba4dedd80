import { parseReason, wordsFor } from '../../engine/reasons/index.ts'
import { type InEveryLanguage, isLanguage, legible } from '../../kernel/index.ts'
import type { Letter } from '../../mail/index.ts'
import { readerOf, webWords } from '../../web/index.ts'
import { titleOf } from './notification-title.ts'
import type { LetterFactsOfRun } from './outbox.sql.ts'

interface Written {
  readonly run: string
  readonly open: string
  readonly why: (account: string) => string
}

const WRITTEN: InEveryLanguage<Written> = {
  en: {
    run: 'Open operation',
    open: 'Sign in to see what it found and what to do next.',
    why: (account) =>
      `You get this because you started the operation. Choose which letters you get: ${account}`,
  },
  de: {
    run: 'Vorgang öffnen',
    open: 'Nach der Anmeldung steht dort, was gefunden wurde und was als Nächstes zu tun ist.',
    why: (account) =>
      `Diese Nachricht geht an die Person, die den Vorgang gestartet hat. Welche E-Mails kommen sollen, lässt sich hier wählen: ${account}`,
  },
}

/** The letter about a run that has ended: the same title and reason as on the pages, and the way to them. */
export function letterAbout(facts: LetterFactsOfRun, publicUrl: string): Letter {
  const language = isLanguage(facts.language) ? facts.language : 'en'
  const { say } = readerOf(language, facts.time_zone)
  const words = WRITTEN[language]
  const reason = parseReason(facts.reason)
  const said = reason && wordsFor(reason, language, say)
  const number = webWords(language).operationNumber(facts.run_id)
  const title = legible(titleOf(facts, language))
  const paragraphs = [
    `${title} (${number})`,
    ...(said ? [legible(said.label), `${legible(said.explanation)} ${legible(said.cause)}`] : []),
    `${words.run}: ${publicUrl}/admin/operations/${facts.run_id}\n${words.open}`,
    `-- \n${words.why(`${publicUrl}/admin/account#letters`)}`,
  ]
  return {
    to: facts.email,
    subject: title,
    text: `${paragraphs.join('\n\n')}\n`,
    id: `operation-${facts.run_id}.${facts.correlation_id}`,
  }
}
