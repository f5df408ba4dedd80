import type { InEveryLanguage, Language } from '../../kernel/index.ts'
import { MEMBERS_DE } from './members.words.de.ts'
import { MEMBERS_EN, type MembersWords } from './members.words.en.ts'

const WORDS: InEveryLanguage<MembersWords> = { en: MEMBERS_EN, de: MEMBERS_DE }

/** The words of the pages about people in one language. */
export const membersWords = (language: Language): MembersWords => WORDS[language]
