import type { Role } from '../../access/index.ts'
import { definitionOf } from '../../engine/catalog/index.ts'
import type { StartOutcome } from '../../engine/gate/index.ts'
import { Answer, LinkButton, type NextStep, PageHeader } from '../components/index.ts'
import { Page, type Shell } from '../layout/index.ts'
import type { Reader } from '../reader.ts'
import { webWords } from '../words.ts'
import { runHref, type WireOutcome, wireOutcome } from './wire.ts'

interface OutcomeProps {
  outcome: StartOutcome
  role: Role
  reader: Reader
}

/** The answer as a page of its own, for a browser without a script. */
export const AnswerPage = ({ shell, ...props }: OutcomeProps & { shell: Shell }) => {
  const { outcome, reader } = props
  const words = webWords(reader.language)
  const { title } = definitionOf(outcome.operation).words[reader.language]
  const tenantHref = `/admin/t/${outcome.tenant.directoryId}`
  const crumbs = [
    { label: words.nav.tenants, href: '/admin/tenants' },
    { label: outcome.tenant.name, href: tenantHref },
    { label: title },
  ]
  return (
    <Page shell={shell} title={title} crumbs={crumbs} at="/admin/tenants">
      <PageHeader title={title} lead={outcome.tenant.name} />
      <div class="mt-4">
        <OutcomeAnswer {...props} />
      </div>
      <p class="mt-6">
        <LinkButton href={tenantHref}>{words.backTo(outcome.tenant.name)}</LinkButton>
      </p>
    </Page>
  )
}

/** The answer, to be swapped in below the control that asked. */
export const OutcomeAnswer = ({ outcome, reader, role }: OutcomeProps) => {
  const words = webWords(reader.language)
  const wire = wireOutcome(outcome, role, reader)
  const meta = metaOf(outcome, reader)
  return (
    <Answer
      kind={outcome.kind}
      word={`${words.answers[outcome.kind]}.`}
      sentence={wire.operatorMessage}
      {...(meta && { meta })}
      nextSteps={shownSteps(wire)}
      open={{ href: runHref(outcome.run.id), text: words.openOperationNumber(outcome.run.id) }}
      {...(outcome.kind === 'blocked' ? { refuses: true } : { follows: followed(outcome) })}
    />
  )
}

/** Where an answer learns how its operation goes on; a start that was held by it is named for its end. */
function followed({ kind, operation, run }: StartOutcome): string {
  const wanted = kind === 'scope_busy' ? `&wanted=${operation}` : ''
  return `${runHref(run.id)}?part=state${wanted}`
}

function metaOf(outcome: StartOutcome, { language, say }: Reader): string | null {
  const words = webWords(language)
  if (outcome.kind === 'blocked') return words.recorded(outcome.run.id, outcome.run.tries)
  if (outcome.kind === 'accepted' || !('holder' in outcome.reason) || !outcome.reason.holder) return null
  const { initiatorName, runId, since } = outcome.reason.holder
  return words.heldBy(runId, initiatorName ?? words.system, say.time(since))
}

/** The contract's steps as the page shows them; opening the operation has its own place. */
function shownSteps({ nextSteps = [], run }: WireOutcome): NextStep[] {
  return nextSteps
    .filter(({ href }) => href !== run?.url)
    .map(({ href, label }) =>
      href ? { kind: 'link', text: label, href } : { kind: 'sentence', text: label },
    )
}
