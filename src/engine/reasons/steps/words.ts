import type { Role } from '../../../access/index.ts'
import type { InEveryLanguage } from '../../../kernel/index.ts'
import type { Sayer } from '../sayer.ts'
import type { AdviceStep, LinkStep, StepOf } from './step.ts'
import { german } from './words.de.ts'
import { english } from './words.en.ts'

export interface AdviceWords {
  label: string
  description?: string
}

export interface LinkWords extends AdviceWords {
  /** What somebody else is asked to do, as it stands in the sentence of `ask`. */
  deed: string
}

/** One language's words for every step; a step without words does not compile. */
export type StepTexts = {
  readonly links: {
    readonly [Kind in LinkStep['kind']]: (step: StepOf<Kind>, say: Sayer) => LinkWords
  }
  readonly advice: {
    readonly [Kind in AdviceStep['kind']]: (step: StepOf<Kind>, say: Sayer) => AdviceWords
  }
  /** The sentence for a viewer who may not take the step: whom to ask for which deed. */
  readonly ask: (role: Role, deed: string) => string
}

/** The words of the steps, in every language. */
export const STEP_TEXTS: InEveryLanguage<StepTexts> = { en: english, de: german }
