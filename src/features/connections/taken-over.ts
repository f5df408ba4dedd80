import type { NextStep } from '../../web/components/index.ts'
import type { Reader } from '../../web/index.ts'
import { credentialHref } from './at-hand.ts'
import { wordsOfCredentials } from './credential.words.ts'
import { takenOver, type VerificationCheck } from './verification-report.ts'

/** What is said of a new credential that took over in a check, and where it is to be seen. */
export interface TakenOverWords {
  readonly title: string
  readonly why: string
  readonly see: NextStep
}

/** The words for a check in which a new credential took over; null where none did. */
export function takenOverWords(
  report: { readonly checks: readonly VerificationCheck[] } | null | undefined,
  connectionId: number | null,
  { language }: Reader,
): TakenOverWords | null {
  const kind = report ? takenOver(report.checks) : null
  if (kind === null || connectionId === null) return null
  const { notice } = wordsOfCredentials(language)
  const see = { kind: 'link', text: notice.see, href: credentialHref(connectionId) } as const
  return { title: notice.takenOver[kind], why: notice.takenOverWhy, see }
}
