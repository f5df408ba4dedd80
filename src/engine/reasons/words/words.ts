import type { InEveryLanguage, Language } from '../../../kernel/index.ts'
import type { ReasonCode } from '../codes.ts'
import type { Reason, ReasonOf } from '../reason.ts'
import { REASON_SAMPLES } from '../reasons.samples.ts'
import type { Sayer } from '../sayer.ts'
import { german } from './de/index.ts'
import { english } from './en/index.ts'

/** What a person reads about a reason, on every page that shows it. */
export interface ReasonWords {
  /** "Client secret expired": at most 60 characters, no full stop. */
  label: string
  /** One or two sentences: what is so. */
  explanation: string
  /** One or two sentences: why it is so, or what it means. */
  cause: string
}

/** One language's texts; a code without its words does not compile. */
export type ReasonTexts = {
  readonly [Code in ReasonCode]: (reason: ReasonOf<Code>, say: Sayer) => ReasonWords
}

const TEXTS: InEveryLanguage<ReasonTexts> = { en: english, de: german }

/** The words for a reason in the viewer's language; times are said by the viewer's sayer. */
export function wordsFor(reason: Reason, language: Language, say: Sayer): ReasonWords {
  const write = TEXTS[language][reason.code] as (reason: Reason, say: Sayer) => ReasonWords
  return write(reason, say)
}

/** How a reason is called where no case of it is at hand, such as in a filter. */
export const reasonLabel = (code: ReasonCode, language: Language, say: Sayer): string =>
  wordsFor(REASON_SAMPLES[code], language, say).label

/** What follows the explanation where a start was refused. */
export const NOTHING_STARTED: InEveryLanguage<string> = {
  en: 'Nothing was started.',
  de: 'Es wurde nichts gestartet.',
}
