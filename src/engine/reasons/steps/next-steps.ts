import { rolesWith } from '../../../access/index.ts'
import type { Language } from '../../../kernel/index.ts'
import type { Reason } from '../reason.ts'
import type { Sayer } from '../sayer.ts'
import { ADVICE, PLACES, type Place } from './places.ts'
import type { AdviceStep, LinkStep, Step, StepContext } from './step.ts'
import { WAYS } from './ways.ts'
import { type AdviceWords, type LinkWords, STEP_TEXTS } from './words.ts'

/** A next step as it goes over the wire; without `href` it is a sentence, not a link. */
export interface NextStep {
  label: string
  description?: string
  href?: string
  actionType: 'open' | 'consent' | 'ask' | 'wait'
}

/** The next steps out of a reason, first things first; what the viewer may not do says whom to ask. */
export function nextStepsFor(
  reason: Reason,
  context: StepContext,
  language: Language,
  say: Sayer,
): NextStep[] {
  const way = WAYS[reason.code] as (reason: Reason) => readonly Step[]
  return way(reason).map((step) =>
    isLink(step) ? linkOrAsk(step, context, language, say) : advise(step, language, say),
  )
}

function linkOrAsk(step: LinkStep, context: StepContext, language: Language, say: Sayer): NextStep {
  const { needs, at } = PLACES[step.kind] as Place<LinkStep>
  const write = STEP_TEXTS[language].links[step.kind] as (step: LinkStep, say: Sayer) => LinkWords
  const { deed, ...words } = write(step, say)
  if (!context.may(needs)) {
    const [least = 'owner'] = rolesWith(needs)
    return { label: STEP_TEXTS[language].ask(least, deed), actionType: 'ask' }
  }
  const actionType = step.kind === 'grant_consent' ? 'consent' : 'open'
  return { ...words, href: at(step, context), actionType }
}

function advise(step: AdviceStep, language: Language, say: Sayer): NextStep {
  const write = STEP_TEXTS[language].advice[step.kind] as (step: AdviceStep, say: Sayer) => AdviceWords
  return { ...write(step, say), actionType: ADVICE[step.kind] }
}

const isLink = (step: Step): step is LinkStep => step.kind in PLACES
