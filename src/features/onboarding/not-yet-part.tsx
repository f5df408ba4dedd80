import { LinkButton, ReasonCallout } from '../../web/components/index.ts'
import type { Reader } from '../../web/index.ts'
import { type SessionFacts, sessionHref } from './onboarding.ts'
import { onboardingWords } from './onboarding.words.ts'
import type { Progress } from './steps.ts'

/** A step that is not open yet: which one comes first. */
export const NotYetPart = ({
  facts,
  progress,
  reader,
}: {
  facts: SessionFacts
  progress: Progress
  reader: Reader
}) => {
  const words = onboardingWords(reader.language)
  const name = words.steps[progress.current]
  return (
    <ReasonCallout size="large" mark="check_first" title={words.first(name)} why={words.firstText}>
      <p class="mt-3">
        <LinkButton href={sessionHref(facts.id, progress.current)} look="primary">
          {words.backTo(name)}
        </LinkButton>
      </p>
    </ReasonCallout>
  )
}
