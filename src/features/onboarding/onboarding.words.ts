import type { InEveryLanguage, Language } from '../../kernel/index.ts'
import { DE } from './onboarding.words.de.ts'
import { EN, type OnboardingWords } from './onboarding.words.en.ts'

export type { OnboardingWords }

const WORDS: InEveryLanguage<OnboardingWords> = { en: EN, de: DE }

/** The words of onboarding in one language. */
export const onboardingWords = (language: Language): OnboardingWords => WORDS[language]
