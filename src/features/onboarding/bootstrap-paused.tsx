import { roleMay } from '../../access/index.ts'
import { definitionOf } from '../../engine/catalog/index.ts'
import { nextStepsFor, parseReason, wordsFor } from '../../engine/reasons/index.ts'
import type { BootstrapStep } from '../../engine/waiting/index.ts'
import { Button, type NextStep, ReasonCallout } from '../../web/components/index.ts'
import type { Reader } from '../../web/index.ts'
import { bootstrapHref, ChosenConnection } from './bootstrap-part.tsx'
import type { SessionFacts } from './onboarding.ts'
import { onboardingWords } from './onboarding.words.ts'

interface PausedProps {
  /** The step that did not end well and holds the others. */
  step: BootstrapStep
  facts: SessionFacts
  reader: Reader
}

/** Why the bootstrap has stopped, what to mend, and the ways on: resume here; skip and drop stand at the step. */
export const Paused = (props: PausedProps) => {
  const { facts, reader, step } = props
  const words = onboardingWords(reader.language).bootstrap
  const { title } = definitionOf(step.operation).words[reader.language]
  const reason = parseReason(step.reason)
  const said = reason && wordsFor(reason, reader.language, reader.say)
  return (
    <ReasonCallout
      size="large"
      mark="blocked"
      title={words.paused(title)}
      why={[said && `${said.label}. ${said.explanation}`, words.pausedText].filter(Boolean).join(' ')}
      nextSteps={stepsOut(props)}
    >
      <form class="mt-3" method="post" action={bootstrapHref(facts)}>
        <ChosenConnection facts={facts} />
        {facts.bootstrap
          .filter(({ state }) => state === 'pending')
          .map(({ operation }) => (
            <input type="hidden" name="selectedOperations" value={operation} />
          ))}
        <Button look="primary">{words.resume}</Button>
      </form>
    </ReasonCallout>
  )
}

function stepsOut({ facts, reader, step }: PausedProps): NextStep[] {
  const reason = parseReason(step.reason)
  if (!reason || !facts.tenant) return []
  const context = {
    directoryId: facts.tenant.directoryId,
    connectionId: facts.connection?.id ?? null,
    runId: step.run?.id ?? null,
    may: (capability: Parameters<typeof roleMay>[1]) => roleMay(facts.role, capability),
  }
  // Starting again is what "Resume" does here.
  return nextStepsFor(reason, context, reader.language, reader.say)
    .filter(({ href }) => !href?.endsWith('#start-again'))
    .map(({ href, label }) =>
      href ? { kind: 'link', text: label, href } : { kind: 'sentence', text: label },
    )
}
